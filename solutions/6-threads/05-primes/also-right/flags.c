// Also right: a byte for each number, written by one thread; neighbouring bytes are other objects.

#include "primes.h"

#include <pthread.h>
#include <stdlib.h>

struct primes {
    long count;     // how many have been found
    long numbers[]; // with room for all numbers up to the limit
};

struct worker {
    pthread_t thread;
    long first, last;      // of the numbers to look at
    bool *prime;           // by number; each worker writes only to its own
};

static void *search(void *argument)
{
    const struct worker *self = argument;
    for (long number = self->first; number <= self->last; number++)
        self->prime[number] = is_prime(number);
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    bool *prime = calloc(limit + 1, sizeof *prime);
    struct worker *crew = calloc(workers, sizeof *crew);
    for (int i = 0; primes && prime && crew && i < workers; i++) {
        crew[i].first = limit * i / workers + 1;
        crew[i].last = limit * (i + 1) / workers;
        crew[i].prime = prime;
        pthread_create(&crew[i].thread, NULL, search, &crew[i]);
    }
    for (int i = 0; primes && prime && crew && i < workers; i++)
        pthread_join(crew[i].thread, NULL);
    for (long number = 1; primes && prime && number <= limit; number++)
        if (prime[number])
            primes->numbers[primes->count++] = number;
    free(prime);
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
