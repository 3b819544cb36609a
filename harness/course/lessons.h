// The course's Markdown for a handout that holds only some of the exercises.
#pragma once

#include <stdbool.h>

// Whether the target of a link, as it is written, leads nowhere in the handout.
typedef bool leads_nowhere(const char *target, void *data);

// `text` without what would lead nowhere: a section whose heading is such a link goes, and so does
// a list item or a table's row that begins with one; elsewhere only its words stay. A talloc child
// of `context`.
char *lesson_without(const void *context, const char *text, leads_nowhere *nowhere, void *data);
