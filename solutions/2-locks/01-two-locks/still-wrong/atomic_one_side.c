// Still wrong: an atomic add and a plain subtraction under a lock do not keep out of each other's
// way.
// Caught by: explore, tsan

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t deposits;    // one deposit at a time
    pthread_mutex_t withdrawals; // one withdrawal at a time
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
    __atomic_fetch_add(&fund->cents, cents, __ATOMIC_SEQ_CST);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->withdrawals);
    fund->cents -= cents;
    pthread_mutex_unlock(&fund->withdrawals);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->deposits);
    long cents = fund->cents;
    pthread_mutex_unlock(&fund->deposits);
    return cents;
}
