// Still wrong: views are added under the lock; who asks how many there are does not take it.
// Caught by: explore

#include "read_yield_write.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct views {
    pthread_mutex_t lock; // guards count
    long count;
};

struct views *views_new(void)
{
    struct views *views = malloc(sizeof *views);
    if (views) {
        pthread_mutex_init(&views->lock, NULL);
        views->count = 0;
    }
    return views;
}

void views_free(struct views *views)
{
    if (views)
        pthread_mutex_destroy(&views->lock);
    free(views);
}

void views_add(struct views *views)
{
    sched_yield(); // first give way, then look: what was seen does not grow old
    pthread_mutex_lock(&views->lock);
    views->count++;
    pthread_mutex_unlock(&views->lock);
}

long views_count(struct views *views)
{
    return views->count;
}
