// Still wrong: a flag remembers that it rang. Not how often.
// Caught by: explore

#include "doorbell.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock; // guards rung
    pthread_cond_t rings;
    bool rung;
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
    bell->rung = true;
    pthread_cond_signal(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    while (!bell->rung)
        pthread_cond_wait(&bell->rings, &bell->lock);
    bell->rung = false;
    pthread_mutex_unlock(&bell->lock);
}
