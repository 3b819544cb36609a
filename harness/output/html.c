// Text for HTML and XML pages: the one place that escapes. Every writer of HTML or XML passes all
// text through here that it does not hold itself.

#include "html.h"

#include "plain.h"

#include <string.h>
#include <talloc.h>

static const char *reference(char character)
{
    switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

// Gives `plain` escaped, and frees it.
static char *escape(const void *context, char *plain)
{
    enum { LONGEST = sizeof "&quot;" - 1 };
    char *text = talloc_size(context, LONGEST * strlen(plain) + 1), *out = text;
    for (const char *at = plain; *at; at++) {
        const char *escaped = reference(*at);
        if (escaped)
            out = stpcpy(out, escaped);
        else
            *out++ = *at;
    }
    *out = '\0';
    talloc_free(plain);
    return text;
}

char *html_text(const void *context, const char *text)
{
    return escape(context, plain_copy(NULL, text));
}

char *html_line(const void *context, const char *text, size_t limit)
{
    return escape(context, plain_line(NULL, text, limit));
}

char *html_story(const void *context, const char *text)
{
    return escape(context, plain_story(NULL, text));
}
