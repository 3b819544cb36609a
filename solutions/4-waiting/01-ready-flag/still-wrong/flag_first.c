// Still wrong: the best of flags does not help if it is raised before the report is written.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct bulletin {
    struct report report; // written before ready
    atomic_bool ready;
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
    atomic_store(&bulletin->ready, true);
    bulletin->report = *report;
}

struct report bulletin_read(struct bulletin *bulletin)
{
    while (!bulletin->ready)
        sched_yield(); // let the others work meanwhile
    return bulletin->report;
}
