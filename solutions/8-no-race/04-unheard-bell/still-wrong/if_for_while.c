// Still wrong: counts the rings, and goes to the door when woken, for whatever reason.
// Caught by: explore

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock; // guards unheard
    pthread_cond_t rings;
    long unheard; // rings that nobody has gone to the door for
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
    bell->unheard++;
    pthread_cond_signal(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    if (bell->unheard == 0)
        pthread_cond_wait(&bell->rings, &bell->lock);
    bell->unheard--;
    pthread_mutex_unlock(&bell->lock);
}
