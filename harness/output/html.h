// Text for HTML and XML pages.
#pragma once

#include <stddef.h>

// `text` (NULL: "") as the content of an element or of a quoted attribute: what plain_text gives,
// with & < > " ' written as references that HTML and XML share. A talloc child of `context`.
char *html_text(const void *context, const char *text);

// The same as one line of at most `limit` characters, see plain_line.
char *html_line(const void *context, const char *text, size_t limit);

// The same as a story, see plain_story.
char *html_story(const void *context, const char *text);
