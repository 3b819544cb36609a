// Still wrong: crosses out multiples, alone; nobody is asked whether a number is prime.
// Caught by: explore, tsan, helgrind, native

#include "primes.h"

#include <stdlib.h>

struct primes {
    long count;
    long numbers[]; // with room for all numbers up to the limit
};

struct primes *primes_find(long limit, int workers)
{
    (void)workers;
    struct primes *primes = calloc(1, sizeof *primes + limit * sizeof primes->numbers[0]);
    bool *crossed_out = calloc(limit + 1, sizeof *crossed_out);
    for (long number = 2; primes && crossed_out && number <= limit; number++) {
        if (crossed_out[number])
            continue;
        primes->numbers[primes->count++] = number;
        for (long multiple = 2 * number; multiple <= limit; multiple += number)
            crossed_out[multiple] = true;
    }
    free(crossed_out);
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
