// Has the primes up to a limit found, the argument, and looks for each of them in the result. The
// first number that a worker tests is not done with before another worker tests one as well.

#include "primes.h"

#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4, WORTH_SHARING = 100, PATIENCE_MS = 5000, LOOK_MS = 100 };

static struct rendezvous two_workers = RENDEZVOUS(2);
static atomic_bool together; // two workers were seen at the same time; or need not be
static atomic_bool alone;    // a worker waited for another in vain

static void meet_another_worker(void)
{
    for (int waited = 0; waited < PATIENCE_MS && !together && !alone; waited += LOOK_MS)
        if (rendezvous_meet(&two_workers, LOOK_MS))
            together = true;
    if (!together)
        alone = true;
}

static bool has_no_divisor(long number)
{
    for (long divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return number > 1;
}

// The test of a scene (scenes.c); NULL in this program.
bool (*is_prime_in_scene)(long number);

bool is_prime(long number)
{
    if (is_prime_in_scene)
        return is_prime_in_scene(number);
    static _Thread_local bool has_met;
    if (!has_met) {
        has_met = true;
        meet_another_worker();
    }
    return has_no_divisor(number);
}

int main(int argc, char **argv)
{
    long limit = argc > 1 ? atol(argv[1]) : 100000;
    together = limit < WORTH_SHARING;
    struct primes *primes = primes_find(limit, WORKERS);
    int *found = calloc(limit + 1, sizeof *found); // how often, by number
    if (!primes || !found)
        return 2;

    long want = 0, got = 0, wrong = 0;
    for (long i = 0; i < primes_count(primes) && i < limit; i++) {
        long number = primes_at(primes, i);
        if (number >= 1 && number <= limit && has_no_divisor(number) && found[number] == 0)
            found[number]++;
        else
            wrong++;
    }
    for (long number = 1; number <= limit; number++) {
        want += has_no_divisor(number);
        got += found[number];
    }
    printf("want: %ld, got: %ld\n", want, got);
    if (wrong > 0)
        printf("entries that are no primes, or not for the first time: %ld\n", wrong);
    if (!together)
        printf("no two workers were at it at the same time\n");

    free(found);
    primes_free(primes);
    return got == want && wrong == 0 && together ? 0 : 1;
}
