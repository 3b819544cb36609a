// Still wrong: volatile reads and writes are not one step, and order nothing between threads.
// Caught by: explore, tsan, helgrind, native

#include "read_yield_write.h"

#include <sched.h>
#include <stdlib.h>

struct views {
    volatile long count;
};

struct views *views_new(void)
{
    struct views *views = malloc(sizeof *views);
    if (views)
        views->count = 0;
    return views;
}

void views_free(struct views *views)
{
    free(views);
}

void views_add(struct views *views)
{
    long seen = views->count;
    sched_yield();
    views->count = seen + 1;
}

long views_count(struct views *views)
{
    return views->count;
}
