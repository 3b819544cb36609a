// Still wrong: who finds the gate open at a first look, which is relaxed, does not see what was
// done before it was opened.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t lock; // held while opening, and while looking for the last time before sleeping
    pthread_cond_t opened;
    atomic_bool open;
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
    if (atomic_load_explicit(&gate->open, memory_order_relaxed))
        return;
    pthread_mutex_lock(&gate->lock);
    while (!atomic_load(&gate->open))
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    atomic_store(&gate->open, true);
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
