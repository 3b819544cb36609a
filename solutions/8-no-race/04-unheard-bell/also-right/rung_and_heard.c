// Also right: two counts that only grow, of rings and of people who went to the door; everybody has
// a number and waits for that ring.

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock; // guards rung and heard
    pthread_cond_t rings;
    unsigned long rung, heard;
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
    bell->rung++;
    pthread_cond_broadcast(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    unsigned long own = ++bell->heard;
    while (bell->rung < own)
        pthread_cond_wait(&bell->rings, &bell->lock);
    pthread_mutex_unlock(&bell->lock);
}
