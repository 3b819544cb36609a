// Still wrong: takes the money, and puts it back if there was not enough. Meanwhile the account is below zero, and
// others are refused what they could have had.
// Caught by: explore

#include "savings.h"

#include <stdatomic.h>
#include <stdlib.h>

struct savings {
    atomic_long cents;
};

struct savings *savings_new(void)
{
    return calloc(1, sizeof(struct savings));
}

void savings_free(struct savings *savings)
{
    free(savings);
}

long savings_balance(struct savings *savings)
{
    return atomic_load(&savings->cents);
}

void savings_pay_in(struct savings *savings, long cents)
{
    atomic_fetch_add(&savings->cents, cents);
}

bool savings_take_out(struct savings *savings, long cents)
{
    if (atomic_fetch_sub(&savings->cents, cents) >= cents)
        return true;
    atomic_fetch_add(&savings->cents, cents);
    return false;
}

static long with_interest(long cents, int percent)
{
    return cents + cents * percent / 100;
}

void savings_add_interest(struct savings *savings, int percent)
{
    long before = savings_balance(savings), after;
    do {
        after = with_interest(before, percent);
    } while (!atomic_compare_exchange_weak(&savings->cents, &before, after));
}
