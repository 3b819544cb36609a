// Still wrong: one lock, but taken for reading, which lets everybody in at the same time.
// Caught by: explore, tsan, helgrind

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    pthread_rwlock_t lock; // guards cents
    long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        pthread_rwlock_init(&fund->lock, NULL);
        fund->cents = 0;
    }
    return fund;
}

void fund_free(struct fund *fund)
{
    if (fund)
        pthread_rwlock_destroy(&fund->lock);
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_rwlock_rdlock(&fund->lock);
    fund->cents += cents;
    pthread_rwlock_unlock(&fund->lock);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_rwlock_rdlock(&fund->lock);
    fund->cents -= cents;
    pthread_rwlock_unlock(&fund->lock);
}

long fund_balance(struct fund *fund)
{
    pthread_rwlock_rdlock(&fund->lock);
    long cents = fund->cents;
    pthread_rwlock_unlock(&fund->lock);
    return cents;
}
