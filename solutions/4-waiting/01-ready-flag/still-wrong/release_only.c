// Still wrong: the report is handed over by the release store, and no one takes it.
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
    bulletin->report = *report;
    atomic_store_explicit(&bulletin->ready, true, memory_order_release);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    while (!atomic_load_explicit(&bulletin->ready, memory_order_relaxed))
        sched_yield(); // let the others work meanwhile
    return bulletin->report;
}
