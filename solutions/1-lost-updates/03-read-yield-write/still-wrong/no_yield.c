// Still wrong: the gap is narrow now, and that is all.
// Caught by: explore, tsan, helgrind

#include "read_yield_write.h"

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
    long seen = views->count;
    views->count = seen + 1;
}

long views_count(struct views *views)
{
    return views->count;
}
