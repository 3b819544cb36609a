// Still wrong: between the second look and the write there is another gap.
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
    long seen;
    do {
        seen = views->count;
        sched_yield();
    } while (views->count != seen); // somebody was here: once more
    views->count = seen + 1;
}

long views_count(struct views *views)
{
    return views->count;
}
