// Still wrong: a lock around the interest. Who pays does not ask for it.
// Caught by: explore

#include "savings.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct savings {
    pthread_mutex_t lock; // held while interest is added
    atomic_long cents;
};

struct savings *savings_new(void)
{
    struct savings *savings = calloc(1, sizeof *savings);
    if (savings)
        pthread_mutex_init(&savings->lock, NULL);
    return savings;
}

void savings_free(struct savings *savings)
{
    if (savings)
        pthread_mutex_destroy(&savings->lock);
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
    pthread_mutex_lock(&savings->lock);
    atomic_store(&savings->cents, with_interest(savings_balance(savings), percent));
    pthread_mutex_unlock(&savings->lock);
}
