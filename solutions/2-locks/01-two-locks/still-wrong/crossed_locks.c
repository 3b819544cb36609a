// Still wrong: both take both locks, each its own one first: one who pays and one who buys may wait
// for each other for ever.
// Caught by: explore, tsan, helgrind

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t deposits, withdrawals; // both to change cents, one to read it
    long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        pthread_mutex_init(&fund->deposits, NULL);
        pthread_mutex_init(&fund->withdrawals, NULL);
        fund->cents = 0;
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
    pthread_mutex_lock(&fund->withdrawals);
    fund->cents += cents;
    pthread_mutex_unlock(&fund->withdrawals);
    pthread_mutex_unlock(&fund->deposits);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->withdrawals);
    pthread_mutex_lock(&fund->deposits);
    fund->cents -= cents;
    pthread_mutex_unlock(&fund->deposits);
    pthread_mutex_unlock(&fund->withdrawals);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->deposits);
    long cents = fund->cents;
    pthread_mutex_unlock(&fund->deposits);
    return cents;
}
