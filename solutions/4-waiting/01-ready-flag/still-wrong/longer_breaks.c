// Still wrong: asking less often makes a rare failure rarer, and the boats late.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct bulletin {
    struct report report;
    bool ready; // report is complete
};

struct bulletin *bulletin_new(void)
{
    return calloc(1, sizeof(struct bulletin));
}

void bulletin_free(struct bulletin *bulletin)
{
    free(bulletin);
}

void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    bulletin->report = *report;
    bulletin->ready = true;
}

struct report bulletin_read(struct bulletin *bulletin)
{
    while (!bulletin->ready)
        usleep(100);
    return bulletin->report;
}
