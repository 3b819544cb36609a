// Still wrong: waits for an hour at the most, and then walks through a closed gate.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
#include <time.h>
#include <stdbool.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t lock; // guards open
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
    pthread_mutex_lock(&gate->lock);
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    t.tv_sec += 3600;
    while (!gate->open)
        if (pthread_cond_timedwait(&gate->opened, &gate->lock, &t))
            break;
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->open = true;
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
