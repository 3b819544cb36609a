// Still wrong: reads once, and computes once. When the exchange fails it compares with what is
// there now, and still writes what it computed from what was there before.
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
    long before = savings_balance(savings);
    do {
        if (before < cents)
            return false;
    } while (!atomic_compare_exchange_weak(&savings->cents, &before, before - cents));
    return true;
}

static long with_interest(long cents, int percent)
{
    return cents + cents * percent / 100;
}

void savings_add_interest(struct savings *savings, int percent)
{
    long before = savings_balance(savings);
    long after = with_interest(before, percent);
    while (!atomic_compare_exchange_weak(&savings->cents, &before, after))
        ;
}
