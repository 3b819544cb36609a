// An office and its coffee fund: two colleagues pay in, two take out for beans, each of them
// `rounds` times.

#include "two_locks.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAYERS = 2, BUYERS = 2, COLLEAGUES = PAYERS + BUYERS };
enum { CUP = 50, BEANS = 30 }; // cents
enum { PATIENCE = 10000 };     // milliseconds

static struct fund *fund;
static long rounds;
static struct rendezvous morning = RENDEZVOUS(COLLEAGUES); // all set out together

static void *pay_in(void *unused)
{
    (void)unused;
    rendezvous_meet(&morning, PATIENCE);
    for (long i = 0; i < rounds; i++)
        fund_deposit(fund, CUP);
    return NULL;
}

static void *buy_beans(void *unused)
{
    (void)unused;
    rendezvous_meet(&morning, PATIENCE);
    for (long i = 0; i < rounds; i++)
        fund_withdraw(fund, BEANS);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    fund = fund_new();

    pthread_t threads[COLLEAGUES];
    for (int i = 0; i < COLLEAGUES; i++)
        pthread_create(&threads[i], NULL, i < PAYERS ? pay_in : buy_beans, NULL);
    for (int i = 0; i < COLLEAGUES; i++)
        pthread_join(threads[i], NULL);

    long want = rounds * (PAYERS * CUP - BUYERS * BEANS), got = fund_balance(fund);
    printf("want: %ld, got: %ld\n", want, got);

    fund_free(fund);
    return got == want ? 0 : 1;
}
