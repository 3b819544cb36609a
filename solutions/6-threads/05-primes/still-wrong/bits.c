// Still wrong: a bit for each number, but words are stored whole, and ranges meet within a word.
// Caught by: explore, tsan, helgrind

#include "primes.h"

#include <pthread.h>
#include <limits.h>
#include <stdlib.h>

struct primes {
    long count;     // how many have been found
    long numbers[]; // with room for all numbers up to the limit
};

enum { WORD = CHAR_BIT * sizeof(long) };

struct worker {
    pthread_t thread;
    long first, last;      // of the numbers to look at
    unsigned long *bits;   // one for each number; the same for all
};

static void *search(void *argument)
{
    const struct worker *self = argument;
    for (long number = self->first; number <= self->last; number++)
        if (is_prime(number))
            self->bits[number / WORD] |= 1ul << number % WORD;
    return NULL;
}

struct primes *primes_find(long limit, int workers)
{
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    unsigned long *bits = calloc(limit / WORD + 1, sizeof *bits);
    struct worker *crew = calloc(workers, sizeof *crew);
    for (int i = 0; primes && bits && crew && i < workers; i++) {
        crew[i].first = limit * i / workers + 1;
        crew[i].last = limit * (i + 1) / workers;
        crew[i].bits = bits;
        pthread_create(&crew[i].thread, NULL, search, &crew[i]);
    }
    for (int i = 0; primes && bits && crew && i < workers; i++)
        pthread_join(crew[i].thread, NULL);
    for (long number = 1; primes && bits && number <= limit; number++)
        if (bits[number / WORD] >> number % WORD & 1)
            primes->numbers[primes->count++] = number;
    free(bits);
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
