// Still wrong: a lock for each thread is no better than a lock for each direction: the others do
// not take it.
// Caught by: explore, tsan, helgrind

#include "two_locks.h"

#include <pthread.h>
#include <stdlib.h>

struct fund {
    long cents;
};

static _Thread_local pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards cents

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund)
        fund->cents = 0;
    return fund;
}

void fund_free(struct fund *fund)
{
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    pthread_mutex_lock(&lock);
    fund->cents += cents;
    pthread_mutex_unlock(&lock);
}

void fund_withdraw(struct fund *fund, long cents)
{
    pthread_mutex_lock(&lock);
    fund->cents -= cents;
    pthread_mutex_unlock(&lock);
}

long fund_balance(struct fund *fund)
{
    pthread_mutex_lock(&lock);
    long cents = fund->cents;
    pthread_mutex_unlock(&lock);
    return cents;
}
