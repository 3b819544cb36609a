// A telethon: four operators, each a thread, take `rounds` calls and add up what is pledged.

#include "plus_equals.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPERATORS = 4 };

static struct tally *pledges;
static long rounds;
static pthread_barrier_t on_air; // all operators take their first call at the same moment

struct operator {
    pthread_t thread;
    int number;
    long pledged; // what this operator's callers said, added up on a pad of her own
};

// Everybody gives between 1 and 50.
static long pledge_of(int operator, long caller)
{
    return 1 + (operator * 11 + caller * 7) % 50;
}

static void *take_calls(void *argument)
{
    struct operator *operator = argument;
    pthread_barrier_wait(&on_air);
    for (long caller = 0; caller < rounds; caller++) {
        long amount = pledge_of(operator->number, caller);
        operator->pledged += amount;
        tally_add(pledges, amount);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    pledges = tally_new();
    pthread_barrier_init(&on_air, NULL, OPERATORS);

    struct operator operators[OPERATORS];
    for (int i = 0; i < OPERATORS; i++) {
        operators[i] = (struct operator){.number = i};
        pthread_create(&operators[i].thread, NULL, take_calls, &operators[i]);
    }
    long want = 0;
    for (int i = 0; i < OPERATORS; i++) {
        pthread_join(operators[i].thread, NULL);
        want += operators[i].pledged;
    }

    long got = tally_total(pledges);
    printf("want: %ld, got: %ld\n", want, got);

    pthread_barrier_destroy(&on_air);
    tally_free(pledges);
    return got == want ? 0 : 1;
}
