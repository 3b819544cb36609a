// Also right: the update is a single step, so there is no middle in which to give way.

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
    atomic_fetch_add_explicit(&views->count, 1, memory_order_relaxed);
    sched_yield();
}

long views_count(struct views *views)
{
    return atomic_load(&views->count);
}
