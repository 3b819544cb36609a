// Still wrong: a signal fence keeps the compiler from moving accesses across it, but not the
// processor, and the flag is as plain as before.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

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
    atomic_signal_fence(memory_order_seq_cst);
    bulletin->ready = true;
}

struct report bulletin_read(struct bulletin *bulletin)
{
    while (!bulletin->ready)
        sched_yield();
    atomic_signal_fence(memory_order_seq_cst);
    return bulletin->report;
}
