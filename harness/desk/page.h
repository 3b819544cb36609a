// The texts of the desk's screen: which exercise, what the judges say, how far the student is.
#pragma once

#include "advance.h"
#include "sitting.h"

// Title, task in one sentence, the files to edit, and a line for each judge, cut to `columns`. A
// talloc child of `context`, as are the others.
char *page_head(const void *context, const struct sitting *sitting, size_t columns);

// The findings of all judges that were heard, explained; once the exercise is done, what was
// learned and what comes next; where abstentions decide nothing, that they do.
char *page_findings(const void *context, const struct sitting *sitting);

// A bar over the course, how saves are noticed, and the keys.
char *page_foot(const void *context, const struct advance *advance, const char *how,
                const char *keys, size_t columns);

// The exercises with their states.
char *page_list(const void *context, const struct course *course);
