// Also right: adds the interest in one step, if the balance is still the one that it was computed
// from.

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

void savings_add_interest(struct savings *savings, int percent)
{
    long before = savings_balance(savings);
    long interest = before * percent / 100;
    while (!atomic_compare_exchange_weak(&savings->cents, &before, before + interest))
        interest = before * percent / 100;
}
