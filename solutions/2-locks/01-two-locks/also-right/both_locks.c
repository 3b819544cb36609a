// Also right: who changes the fund holds both locks, so any two of them share one; who reads needs
// only one.

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t deposits, withdrawals; // in this order; both to change cents, one to read it
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
    pthread_mutex_lock(&fund->deposits);
    pthread_mutex_lock(&fund->withdrawals);
    fund->cents -= cents;
    pthread_mutex_unlock(&fund->withdrawals);
    pthread_mutex_unlock(&fund->deposits);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->deposits);
    long cents = fund->cents;
    pthread_mutex_unlock(&fund->deposits);
    return cents;
}
