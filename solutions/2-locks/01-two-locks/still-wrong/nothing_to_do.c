// Still wrong: who takes out nothing is sent away, at a moment when the lock is already his.
// Caught by: explore

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t lock; // guards cents
    long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        pthread_mutex_init(&fund->lock, NULL);
        fund->cents = 0;
    }
    return fund;
}

void fund_free(struct fund *fund)
{
    if (fund)
        pthread_mutex_destroy(&fund->lock);
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->lock);
    fund->cents += cents;
    pthread_mutex_unlock(&fund->lock);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->lock);
    if (cents == 0)
        return;
    fund->cents -= cents;
    pthread_mutex_unlock(&fund->lock);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->lock);
    long cents = fund->cents;
    pthread_mutex_unlock(&fund->lock);
    return cents;
}
