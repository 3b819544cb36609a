// Also right: one atomic pointer is flag and report at once; there is no report until it is
// complete.

#include "ready_flag.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct bulletin {
    struct report storage;         // written before posted
    struct report *_Atomic posted; // NULL until then
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
    bulletin->storage = *report;
    atomic_store(&bulletin->posted, &bulletin->storage);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    const struct report *report;
    while (!(report = atomic_load(&bulletin->posted)))
        sched_yield();
    return *report;
}
