// Still wrong: a read lock lets other readers in, and each of these "readers" writes.
// Caught by: explore, tsan, helgrind

#include "plus_equals.h"

#include <pthread.h>
#include <stdlib.h>

struct tally {
    pthread_rwlock_t lock; // guards total
    long total;
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally) {
        pthread_rwlock_init(&tally->lock, NULL);
        tally->total = 0;
    }
    return tally;
}

void tally_free(struct tally *tally)
{
    if (tally)
        pthread_rwlock_destroy(&tally->lock);
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    pthread_rwlock_rdlock(&tally->lock);
    tally->total += amount;
    pthread_rwlock_unlock(&tally->lock);
}

long tally_total(struct tally *tally)
{
    pthread_rwlock_rdlock(&tally->lock);
    long total = tally->total;
    pthread_rwlock_unlock(&tally->lock);
    return total;
}
