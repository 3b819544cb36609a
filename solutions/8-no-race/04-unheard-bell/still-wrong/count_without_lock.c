// Still wrong: an atomic count, so that the postman needs no lock; he rings between the look and
// the sleep.
// Caught by: explore

#include "doorbell.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct doorbell {
    pthread_mutex_t lock;
    pthread_cond_t rings;
    atomic_long unheard; // rings that nobody has gone to the door for
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
    bell->unheard++;
    pthread_cond_signal(&bell->rings);
}

void doorbell_wait(struct doorbell *bell)
{
    pthread_mutex_lock(&bell->lock);
    while (bell->unheard == 0)
        pthread_cond_wait(&bell->rings, &bell->lock);
    bell->unheard--;
    pthread_mutex_unlock(&bell->lock);
}
