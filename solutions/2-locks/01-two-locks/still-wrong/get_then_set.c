// Still wrong: the withdrawal reads under the right lock and writes back when it has let go of it.
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

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&fund->lock);
    long cents = fund->cents;
    pthread_mutex_unlock(&fund->lock);
    return cents;
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->lock);
    fund->cents += cents;
    pthread_mutex_unlock(&fund->lock);
}

void fund_withdraw(struct fund *fund, long cents)
{
    long left = fund_balance(fund) - cents;

    pthread_mutex_lock(&fund->lock);
    fund->cents = left;
    pthread_mutex_unlock(&fund->lock);
}
