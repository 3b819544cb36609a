// Also right: each worker takes the next number that nobody has looked at, so all end together.

#include "primes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct primes {
    pthread_mutex_t lock; // guards what follows
    long count;           // how many have been found
    long numbers[];       // with room for all numbers up to the limit
};

struct worker {
    pthread_t thread;
    struct primes *primes; // where to put them down; the same for all
    atomic_long *next;     // the next number to look at; the same for all
    long limit;
};

static void primes_add(struct primes *primes, long number)
{
    pthread_mutex_lock(&primes->lock);
    primes->numbers[primes->count++] = number;
    pthread_mutex_unlock(&primes->lock);
}

static void *search(void *argument)
{
    const struct worker *self = argument;
    struct primes *primes = self->primes;
    long number;
    while ((number = atomic_fetch_add(self->next, 1)) <= self->limit)
        if (is_prime(number))
            primes_add(primes, number);
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    if (primes)
        pthread_mutex_init(&primes->lock, NULL);
    struct worker *crew = calloc(workers, sizeof *crew);
    atomic_long next = 1;
    for (int i = 0; primes && crew && i < workers; i++) {
        crew[i].primes = primes;
        crew[i].next = &next;
        crew[i].limit = limit;
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
