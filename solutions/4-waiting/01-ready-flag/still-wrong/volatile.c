// Still wrong: volatile makes the compiler ask again each time and keep the order of volatile
// accesses; it says nothing about the report next to it, and nothing to the processor.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct bulletin {
    struct report report;
    volatile bool ready; // report is complete
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
        sched_yield(); // let the others work meanwhile
    return bulletin->report;
}
