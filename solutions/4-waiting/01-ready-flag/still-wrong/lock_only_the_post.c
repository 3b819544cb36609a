// Still wrong: the poster holds the lock, the readers do not ask for it.
// Caught by: explore, tsan, helgrind

#include "ready_flag.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct bulletin {
    pthread_mutex_t lock;
    struct report report;
    bool ready; // report is complete
};

struct bulletin *bulletin_new(void)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    if (bulletin)
        pthread_mutex_init(&bulletin->lock, NULL);
    return bulletin;
}

void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin)
        pthread_mutex_destroy(&bulletin->lock);
    free(bulletin);
}

void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    pthread_mutex_lock(&bulletin->lock);
    bulletin->report = *report;
    bulletin->ready = true;
    pthread_mutex_unlock(&bulletin->lock);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    while (!bulletin->ready)
        sched_yield(); // let the others work meanwhile
    return bulletin->report;
}
