// Also right: the reference in C11.

#include "doorbell.h"

#include <stdlib.h>
#include <threads.h>

struct doorbell {
    mtx_t lock; // guards unheard
    cnd_t rings;
    long unheard; // rings that nobody has gone to the door for
};

struct doorbell *doorbell_new(void)
{
    struct doorbell *bell = calloc(1, sizeof *bell);
    if (bell) {
        mtx_init(&bell->lock, mtx_plain);
        cnd_init(&bell->rings);
    }
    return bell;
}

void doorbell_free(struct doorbell *bell)
{
    if (bell) {
        cnd_destroy(&bell->rings);
        mtx_destroy(&bell->lock);
    }
    free(bell);
}

void doorbell_ring(struct doorbell *bell)
{
    mtx_lock(&bell->lock);
    bell->unheard++;
    cnd_signal(&bell->rings);
    mtx_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    mtx_lock(&bell->lock);
    while (bell->unheard == 0)
        cnd_wait(&bell->rings, &bell->lock);
    bell->unheard--;
    mtx_unlock(&bell->lock);
}
