// Still wrong: batches of eight under the lock; what is left in a batch that is not full is never
// handed in.
// Caught by: explore

#include "primes.h"

#include <pthread.h>
#include <stdlib.h>

struct primes {
    pthread_mutex_t lock; // guards what follows
    long count;           // how many have been found
    long numbers[];       // with room for all numbers up to the limit
};

struct worker {
    pthread_t thread;
    long first, last;      // of the numbers to look at
    struct primes *primes; // where to put them down; the same for all
};

enum { BATCH = 8 };

static void primes_add(struct primes *primes, const long *numbers)
{
    pthread_mutex_lock(&primes->lock);
    for (int i = 0; i < BATCH; i++)
        primes->numbers[primes->count++] = numbers[i];
    pthread_mutex_unlock(&primes->lock);
}

static void *search(void *argument)
{
    const struct worker *self = argument;
    struct primes *primes = self->primes;
    long batch[BATCH];
    int full = 0;
    for (long number = self->first; number <= self->last; number++)
        if (is_prime(number))
            if (batch[full++] = number, full == BATCH)
                primes_add(primes, batch), full = 0;
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    if (primes)
        pthread_mutex_init(&primes->lock, NULL);
    struct worker *crew = calloc(workers, sizeof *crew);
    for (int i = 0; primes && crew && i < workers; i++) {
        crew[i].first = limit * i / workers + 1;
        crew[i].last = limit * (i + 1) / workers;
        crew[i].primes = primes;
        pthread_create(&crew[i].thread, NULL, search, &crew[i]);
    }
    for (int i = 0; primes && crew && i < workers; i++)
        pthread_join(crew[i].thread, NULL);
    free(crew);
    return primes;
}

void primes_free(struct primes *primes)
{
    if (primes)
        pthread_mutex_destroy(&primes->lock);
    free(primes);
}

long primes_count(const struct primes *primes)
{
    return primes->count;
}

long primes_at(const struct primes *primes, long index)
{
    return primes->numbers[index];
}
