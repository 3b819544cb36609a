// Still wrong: the number was read without the lock, and is old by the time the lock is taken.
// Caught by: explore, tsan, helgrind, native

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
    long seen = views->count;
    sched_yield();
    pthread_mutex_lock(&views->lock);
    views->count = seen + 1;
    pthread_mutex_unlock(&views->lock);
}

long views_count(struct views *views)
{
    pthread_mutex_lock(&views->lock);
    long count = views->count;
    pthread_mutex_unlock(&views->lock);
    return count;
}
