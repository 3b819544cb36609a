// Still wrong: two sums, each behind its lock; but their difference is taken from two moments.
// Caught by: explore

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t deposits; // guards paid_in
    long paid_in;
    pthread_mutex_t withdrawals; // guards taken_out; taken after deposits where both are needed
    long taken_out;
};

struct fund *fund_new(void)
{
    struct fund *fund = calloc(1, sizeof *fund);
    if (fund) {
        pthread_mutex_init(&fund->deposits, NULL);
        pthread_mutex_init(&fund->withdrawals, NULL);
    }
    return fund;
}

void fund_free(struct fund *fund)
{
    if (fund) {
        pthread_mutex_destroy(&fund->deposits);
        pthread_mutex_destroy(&fund->withdrawals);
    }
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->deposits);
    fund->paid_in += cents;
    pthread_mutex_unlock(&fund->deposits);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->withdrawals);
    fund->taken_out += cents;
    pthread_mutex_unlock(&fund->withdrawals);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->deposits);
    long cents = fund->paid_in;
    pthread_mutex_unlock(&fund->deposits);
    pthread_mutex_lock(&fund->withdrawals);
    cents -= fund->taken_out;
    pthread_mutex_unlock(&fund->withdrawals);
    return cents;
}
