// Still wrong: the sum is made before the lock is taken, from a total that may be old.
// Caught by: explore, tsan, helgrind

#include "plus_equals.h"

#include <pthread.h>
#include <stdlib.h>

struct tally {
    pthread_mutex_t lock; // guards total
    long total;
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally) {
        pthread_mutex_init(&tally->lock, NULL);
        tally->total = 0;
    }
    return tally;
}

void tally_free(struct tally *tally)
{
    if (tally)
        pthread_mutex_destroy(&tally->lock);
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    long sum = tally->total + amount;
    pthread_mutex_lock(&tally->lock);
    tally->total = sum;
    pthread_mutex_unlock(&tally->lock);
}

long tally_total(struct tally *tally)
{
    pthread_mutex_lock(&tally->lock);
    long total = tally->total;
    pthread_mutex_unlock(&tally->lock);
    return total;
}
