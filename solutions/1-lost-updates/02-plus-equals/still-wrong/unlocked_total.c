// Still wrong: who adds takes the lock; who asks while others add does not.
// Caught by: explore

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
    pthread_mutex_lock(&tally->lock);
    tally->total += amount;
    pthread_mutex_unlock(&tally->lock);
}

long tally_total(struct tally *tally)
{
    return tally->total;
}
