// Still wrong: a mutex that is locked until the gate opens. Only the thread that has locked a mutex
// may unlock it, and only once.
// Caught by: explore

#include "lost_wakeup.h"

#include <pthread.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t closed; // locked while it is
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (gate) {
        pthread_mutex_init(&gate->closed, NULL);
        pthread_mutex_lock(&gate->closed);
    }
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate)
        pthread_mutex_destroy(&gate->closed);
    free(gate);
}

void gate_wait(struct gate *gate)
{
    pthread_mutex_lock(&gate->closed);
    pthread_mutex_unlock(&gate->closed);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_unlock(&gate->closed);
}
