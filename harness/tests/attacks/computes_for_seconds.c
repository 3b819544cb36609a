// Attack: Computes for seconds where the explorer looks, so that it gives up, and leaves the wake-up that it alone sees to be lost.
// Expected: ungradable
// Exercise: unheard-bell

#include "doorbell.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

// The explorer's clock stands still, at a round number of seconds.
static int explored(void)
{
    return time(NULL) % 1000000 < 60;
}

// What takes a minute, without any step that could be scheduled.
static unsigned compute(void)
{
    unsigned number = 1;
    for (long i = 0; i < 50000000000; i++)
        number = number * 1664525 + 1013904223;
    return number;
}

struct doorbell {
    pthread_mutex_t lock;
    pthread_cond_t rings;
};

struct doorbell *doorbell_new(void)
{
    if (explored() && compute() == 1)
        return NULL;
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
