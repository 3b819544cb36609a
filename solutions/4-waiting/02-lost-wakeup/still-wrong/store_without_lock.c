// Still wrong: who looks holds the lock; who opens does not, and comes just before the sleep.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t lock;
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
    pthread_mutex_lock(&gate->lock);
    while (!gate->open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    atomic_store(&gate->open, true);
    pthread_cond_broadcast(&gate->opened);
}
