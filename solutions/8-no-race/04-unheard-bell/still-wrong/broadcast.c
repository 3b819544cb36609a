// Still wrong: rings for all who wait. Nobody waits.
// Caught by: explore

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock;
    pthread_cond_t rings;
};

struct doorbell *doorbell_new(void)
{
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
    pthread_cond_broadcast(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    pthread_cond_wait(&bell->rings, &bell->lock);
    pthread_mutex_unlock(&bell->lock);
}
