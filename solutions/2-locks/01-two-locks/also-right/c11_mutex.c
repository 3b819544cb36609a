// Also right: the mutex of C11, and the change itself in one function.

#include "two_locks.h"

#include <stdlib.h>
#include <threads.h>

struct fund {
    mtx_t lock; // guards cents
    long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        mtx_init(&fund->lock, mtx_plain);
        fund->cents = 0;
    }
    return fund;
}

void fund_free(struct fund *fund)
{
    if (fund)
        mtx_destroy(&fund->lock);
    free(fund);
}

// Changes the balance and returns the new one.
static long change(struct fund *fund, long cents)
{
    mtx_lock(&fund->lock);
    long now = fund->cents += cents;
    mtx_unlock(&fund->lock);
    return now;
}

void fund_deposit(struct fund *fund, long cents)
{
    change(fund, cents);
}

void fund_withdraw(struct fund *fund, long cents)
{
    change(fund, -cents);
}

long fund_balance(struct fund *fund)
{
    return change(fund, 0);
}
