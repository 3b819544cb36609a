// Attack: Locks more streams than the explorer follows, so that it gives up, and leaves the wake-up that it alone sees to be lost.
// Expected: failed
// Reason: locks of more than
// Exercise: unheard-bell

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>
#include <stdio.h>

// All of them have the lock of standard output.
static void lock_streams(void)
{
    static FILE streams[40];
    for (int i = 0; i < 40; i++) {
        streams[i] = *stdout;
        flockfile(&streams[i]);
        funlockfile(&streams[i]);
    }
}

struct doorbell {
    pthread_mutex_t lock;
    pthread_cond_t rings;
};

struct doorbell *doorbell_new(void)
{
    lock_streams();
    struct doorbell *bell = calloc(1, sizeof *bell);
    if (bell) {
        pthread_mutex_init(&bell->lock, NULL);
        pthread_cond_init(&bell->rings, NULL);
    }
    return bell;
}

void doorbell_free(struct doorbell *bell)
{
    if (bell) {
        pthread_cond_destroy(&bell->rings);
        pthread_mutex_destroy(&bell->lock);
    }
    free(bell);
}

void doorbell_ring(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    pthread_cond_signal(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    pthread_cond_wait(&bell->rings, &bell->lock);
    pthread_mutex_unlock(&bell->lock);
}
