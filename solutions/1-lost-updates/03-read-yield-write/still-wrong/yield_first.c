// Still wrong: giving way first makes the gap narrow; it does not close it.
// Caught by: explore, tsan, helgrind

#include "read_yield_write.h"

#include <sched.h>
#include <stdlib.h>

struct views {
    long count;
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
    sched_yield();
    views->count++;
}

long views_count(struct views *views)
{
    return views->count;
}
