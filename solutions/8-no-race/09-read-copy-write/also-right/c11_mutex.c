// Also right: the same lock in C11.

#include "savings.h"

#include <stdlib.h>
#include <threads.h>

struct savings {
    mtx_t lock; // guards cents
    long cents;
};

struct savings *savings_new(void)
{
    struct savings *savings = calloc(1, sizeof *savings);
    if (savings)
        mtx_init(&savings->lock, mtx_plain);
    return savings;
}

void savings_free(struct savings *savings)
{
    if (savings)
        mtx_destroy(&savings->lock);
    free(savings);
}

long savings_balance(struct savings *savings)
{
    mtx_lock(&savings->lock);
    long cents = savings->cents;
    mtx_unlock(&savings->lock);
    return cents;
}

void savings_pay_in(struct savings *savings, long cents)
{
    mtx_lock(&savings->lock);
    savings->cents += cents;
    mtx_unlock(&savings->lock);
}

bool savings_take_out(struct savings *savings, long cents)
{
    mtx_lock(&savings->lock);
    bool enough = savings->cents >= cents;
    if (enough)
        savings->cents -= cents;
    mtx_unlock(&savings->lock);
    return enough;
}

void savings_add_interest(struct savings *savings, int percent)
{
    mtx_lock(&savings->lock);
    savings->cents += savings->cents * percent / 100;
    mtx_unlock(&savings->lock);
}
