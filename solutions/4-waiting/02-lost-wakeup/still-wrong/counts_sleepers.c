// Still wrong: rings only if somebody sleeps, and a byte counts who does: 256 sleepers are none.
// Caught by: native

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t lock; // guards open
    pthread_cond_t opened;
    bool open;
    uint8_t sleepers; // guarded by the lock, too
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
    while (!gate->open) {
        gate->sleepers++;
        pthread_cond_wait(&gate->opened, &gate->lock);
        gate->sleepers--;
    }
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->open = true;
    if (gate->sleepers > 0)
        pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
