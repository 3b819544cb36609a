// Also right: the post wakes one, and each who is awake wakes the next.

#include "ready_flag.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct bulletin {
    pthread_mutex_t lock;  // guards report and ready
    pthread_cond_t posted; // ready has become true
    struct report report;
    bool ready;
};

struct bulletin *bulletin_new(void)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    if (bulletin) {
        pthread_mutex_init(&bulletin->lock, NULL);
        pthread_cond_init(&bulletin->posted, NULL);
    }
    return bulletin;
}

void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin) {
        pthread_cond_destroy(&bulletin->posted);
        pthread_mutex_destroy(&bulletin->lock);
    }
    free(bulletin);
}

void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    pthread_mutex_lock(&bulletin->lock);
    bulletin->report = *report;
    bulletin->ready = true;
    pthread_cond_signal(&bulletin->posted);
    pthread_mutex_unlock(&bulletin->lock);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    pthread_mutex_lock(&bulletin->lock);
    while (!bulletin->ready)
        pthread_cond_wait(&bulletin->posted, &bulletin->lock); // lets go of the lock while asleep
    pthread_cond_signal(&bulletin->posted);
    struct report report = bulletin->report;
    pthread_mutex_unlock(&bulletin->lock);
    return report;
}
