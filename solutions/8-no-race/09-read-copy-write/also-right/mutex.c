// Also right: a lock, held from reading to writing.

#include "savings.h"

#include <pthread.h>
#include <stdlib.h>

struct savings {
    pthread_mutex_t lock; // guards cents
    long cents;
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
    pthread_mutex_lock(&savings->lock);
    long cents = savings->cents;
    pthread_mutex_unlock(&savings->lock);
    return cents;
}

void savings_pay_in(struct savings *savings, long cents)
{
    pthread_mutex_lock(&savings->lock);
    savings->cents += cents;
    pthread_mutex_unlock(&savings->lock);
}

bool savings_take_out(struct savings *savings, long cents)
{
    pthread_mutex_lock(&savings->lock);
    bool enough = savings->cents >= cents;
    if (enough)
        savings->cents -= cents;
    pthread_mutex_unlock(&savings->lock);
    return enough;
}

void savings_add_interest(struct savings *savings, int percent)
{
    pthread_mutex_lock(&savings->lock);
    savings->cents += savings->cents * percent / 100;
    pthread_mutex_unlock(&savings->lock);
}
