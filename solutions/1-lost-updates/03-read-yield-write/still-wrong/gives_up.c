// Still wrong: tries again when somebody was quicker, but not more than eight times.
// Caught by: explore

#include "read_yield_write.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct views {
    atomic_long count;
};

struct views *views_new(void)
{
    struct views *views = malloc(sizeof *views);
    if (views)
        atomic_init(&views->count, 0);
    return views;
}

void views_free(struct views *views)
{
    free(views);
}

void views_add(struct views *views)
{
    for (int tries = 0; tries < 8; tries++) {
        long seen = atomic_load(&views->count);
        sched_yield();
        if (atomic_compare_exchange_strong(&views->count, &seen, seen + 1))
            return;
    }
}

long views_count(struct views *views)
{
    return atomic_load(&views->count);
}
