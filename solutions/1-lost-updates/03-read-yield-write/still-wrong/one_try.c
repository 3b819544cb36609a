// Still wrong: a compare-exchange that fails has counted nothing.
// Caught by: explore, tsan, helgrind, native

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
    long seen = atomic_load(&views->count);
    sched_yield();
    atomic_compare_exchange_strong(&views->count, &seen, seen + 1);
}

long views_count(struct views *views)
{
    return atomic_load(&views->count);
}
