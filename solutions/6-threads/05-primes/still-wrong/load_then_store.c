// Still wrong: the count is atomic, but taking a slot is two steps: read it, and store one more.
// Caught by: explore

#include "primes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct primes {
    atomic_long count; // how many have been found
    long numbers[];    // with room for all numbers up to the limit
};

struct worker {
    pthread_t thread;
    long first, last;      // of the numbers to look at
    struct primes *primes; // where to put them down; the same for all
};

static void *search(void *argument)
{
    const struct worker *self = argument;
    struct primes *primes = self->primes;
    for (long number = self->first; number <= self->last; number++) {
        if (!is_prime(number))
            continue;
        long slot = atomic_load(&primes->count);
        primes->numbers[slot] = number;
        atomic_store(&primes->count, slot + 1);
    }
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
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
