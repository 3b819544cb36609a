// Still wrong: the postman waits until somebody is at the door before he rings. Nobody may be at
// home.
// Caught by: explore

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock; // guards waiting and rung
    pthread_cond_t rings, listening;
    long waiting, rung;
};

struct doorbell *doorbell_new(void)
{
    struct doorbell *bell = calloc(1, sizeof *bell);
    if (bell) {
        pthread_mutex_init(&bell->lock, NULL);
        pthread_cond_init(&bell->rings, NULL);
        pthread_cond_init(&bell->listening, NULL);
    }
    return bell;
}

void doorbell_free(struct doorbell *bell)
{
    if (bell) {
        pthread_cond_destroy(&bell->rings);
        pthread_cond_destroy(&bell->listening);
        pthread_mutex_destroy(&bell->lock);
    }
    free(bell);
}

void doorbell_ring(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    while (bell->waiting == 0)
        pthread_cond_wait(&bell->listening, &bell->lock);
    bell->waiting--;
    bell->rung++;
    pthread_cond_signal(&bell->rings);
    pthread_mutex_unlock(&bell->lock);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    bell->waiting++;
    pthread_cond_signal(&bell->listening);
    while (bell->rung == 0)
        pthread_cond_wait(&bell->rings, &bell->lock);
    bell->rung--;
    pthread_mutex_unlock(&bell->lock);
}
