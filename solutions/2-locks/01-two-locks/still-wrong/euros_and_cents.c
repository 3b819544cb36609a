// Still wrong: who changes the sum holds the lock; who reads it finds atomic euros and atomic
// cents, perhaps the new euros and the old cents.
// Caught by: explore

#include "two_locks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct fund {
    pthread_mutex_t lock; // held by who changes the sum
    atomic_long euros;
    atomic_int cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        pthread_mutex_init(&fund->lock, NULL);
        atomic_init(&fund->euros, 0);
        atomic_init(&fund->cents, 0);
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
    return atomic_load(&fund->euros) * 100 + atomic_load(&fund->cents);
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_mutex_lock(&fund->lock);
    long sum = fund_balance(fund) + cents;
    atomic_store(&fund->euros, sum / 100);
    atomic_store(&fund->cents, (int)(sum % 100));
    pthread_mutex_unlock(&fund->lock);
}

void fund_withdraw(struct fund *fund, long cents)
{
    fund_deposit(fund, -cents);
}
