// Still wrong: waking up now and then to look makes a lost wake-up short; the look still races.
// Caught by: explore, tsan, helgrind

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool open;
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (gate) {
        pthread_mutex_init(&gate->lock, NULL);
        pthread_cond_init(&gate->opened, NULL);
    }
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate) {
        pthread_cond_destroy(&gate->opened);
        pthread_mutex_destroy(&gate->lock);
    }
    free(gate);
}

void gate_wait(struct gate *gate)
{
    while (!gate->open) {
        struct timespec soon;
        clock_gettime(CLOCK_REALTIME, &soon);
        soon.tv_sec += 1;
        pthread_mutex_lock(&gate->lock);
        pthread_cond_timedwait(&gate->opened, &gate->lock, &soon);
        pthread_mutex_unlock(&gate->lock);
    }
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->open = true;
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
