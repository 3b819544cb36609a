// Also right: each worker fills a piece of its own; the pieces are put together after the joins.

#include "primes.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct primes {
    long count;     // how many have been found
    long numbers[]; // with room for all numbers up to the limit
};

struct worker {
    pthread_t thread;
    long first, last;      // of the numbers to look at
    long count;            // how many primes it has found
    long *primes;          // where to put them down: a piece of the array, for this worker alone
};

static void *search(void *argument)
{
    struct worker *self = argument;
    for (long number = self->first; number <= self->last; number++)
        if (is_prime(number))
            self->primes[self->count++] = number;
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    struct worker *crew = calloc(workers, sizeof *crew);
    for (int i = 0; primes && crew && i < workers; i++) {
        crew[i].first = limit * i / workers + 1;
        crew[i].last = limit * (i + 1) / workers;
        crew[i].primes = &primes->numbers[crew[i].first - 1];
        pthread_create(&crew[i].thread, NULL, search, &crew[i]);
    }
    for (int i = 0; primes && crew && i < workers; i++) {
        pthread_join(crew[i].thread, NULL);
        memmove(&primes->numbers[primes->count], crew[i].primes, crew[i].count * sizeof(long));
        primes->count += crew[i].count;
    }
    free(crew);
    return primes;
}

void primes_free(struct primes *primes)
{
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
