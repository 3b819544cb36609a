// Still wrong: one mutex for the flag and another for the sleep; in between, the gate opens.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t looking;  // guards open
    pthread_mutex_t sleeping; // what pthread_cond_wait wants
    pthread_cond_t opened;
    bool open;
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (gate) {
        pthread_mutex_init(&gate->looking, NULL);
        pthread_mutex_init(&gate->sleeping, NULL);
        pthread_cond_init(&gate->opened, NULL);
    }
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate) {
        pthread_cond_destroy(&gate->opened);
        pthread_mutex_destroy(&gate->sleeping);
        pthread_mutex_destroy(&gate->looking);
    }
    free(gate);
}

static bool is_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->looking);
    bool open = gate->open;
    pthread_mutex_unlock(&gate->looking);
    return open;
}

void gate_wait(struct gate *gate)
{
    pthread_mutex_lock(&gate->sleeping);
    while (!is_open(gate))
        pthread_cond_wait(&gate->opened, &gate->sleeping);
    pthread_mutex_unlock(&gate->sleeping);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->looking);
    gate->open = true;
    pthread_mutex_unlock(&gate->looking);
    pthread_cond_broadcast(&gate->opened);
}
