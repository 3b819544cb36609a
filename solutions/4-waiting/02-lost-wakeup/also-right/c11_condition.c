// Also right: mutex and condition variable of C11; the look and the falling asleep are one step.

#include "lost_wakeup.h"

#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

struct gate {
    mtx_t lock; // guards open
    cnd_t opened;
    bool open;
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (gate) {
        mtx_init(&gate->lock, mtx_plain);
        cnd_init(&gate->opened);
    }
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate) {
        cnd_destroy(&gate->opened);
        mtx_destroy(&gate->lock);
    }
    free(gate);
}

void gate_wait(struct gate *gate)
{
    mtx_lock(&gate->lock);
    while (!gate->open)
        cnd_wait(&gate->opened, &gate->lock);
    mtx_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    mtx_lock(&gate->lock);
    gate->open = true;
    cnd_broadcast(&gate->opened);
    mtx_unlock(&gate->lock);
}
