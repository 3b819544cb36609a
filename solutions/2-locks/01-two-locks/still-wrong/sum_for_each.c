// Still wrong: a sum for each colleague, with a lock of its own, and whoever asks adds them up one
// after the other. Between two of them one may pay in and another one buy with it; then only the
// beans are counted.
// Caught by: explore

#include "two_locks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SUMS = 8 };

struct sum {
    pthread_mutex_t lock; // guards cents
    long cents;
};

struct fund {
    struct sum sums[SUMS];
};

static atomic_uint colleagues;            // so many have come
static _Thread_local unsigned number = 0; // of this one, from 1 on; 0: not yet given

static struct sum *own_sum(struct fund *fund)
{
    if (number == 0)
        number = atomic_fetch_add(&colleagues, 1) + 1;
    return &fund->sums[number % SUMS];
}

struct fund *fund_new(void)
{
    struct fund *fund = calloc(1, sizeof *fund);
    for (int i = 0; fund && i < SUMS; i++)
        pthread_mutex_init(&fund->sums[i].lock, NULL);
    return fund;
}

void fund_free(struct fund *fund)
{
    for (int i = 0; fund && i < SUMS; i++)
        pthread_mutex_destroy(&fund->sums[i].lock);
    free(fund);
}

static void add(struct sum *sum, long cents)
{
    pthread_mutex_lock(&sum->lock);
    sum->cents += cents;
    pthread_mutex_unlock(&sum->lock);
}

void fund_deposit(struct fund *fund, long cents)
{
    add(own_sum(fund), cents);
}

void fund_withdraw(struct fund *fund, long cents)
{
    add(own_sum(fund), -cents);
}

long fund_balance(struct fund *fund)
{
    long cents = 0;
    for (int i = 0; i < SUMS; i++) {
        pthread_mutex_lock(&fund->sums[i].lock);
        cents += fund->sums[i].cents;
        pthread_mutex_unlock(&fund->sums[i].lock);
    }
    return cents;
}
