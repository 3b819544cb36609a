// Still wrong: the look is locked and the sleep is locked; in between, the lock is free and the
// gate opens.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
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

static bool is_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    bool open = gate->open;
    pthread_mutex_unlock(&gate->lock);
    return open;
}

void gate_wait(struct gate *gate)
{
    while (!is_open(gate)) {
        pthread_mutex_lock(&gate->lock);
        pthread_cond_wait(&gate->opened, &gate->lock);
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
