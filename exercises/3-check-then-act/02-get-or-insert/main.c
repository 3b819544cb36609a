// Customers click "add to cart" in several windows at once. `rounds` customers, one after the
// other, and four clicks for each: two at the same moment, and two more when the cart is there.
// Each click is handled by a thread of its own.

#include "get_or_insert.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { EARLY = 2, LATE = 2, CLICKS = EARLY + LATE, PATIENCE_MS = 10000 };

static struct carts *carts;
static long rounds;
static struct rendezvous next_customer = RENDEZVOUS(CLICKS), cart_is_there = RENDEZVOUS(CLICKS);

static void add_item(long customer)
{
    struct cart *cart = carts_get(carts, customer);
    if (cart && cart->customer == customer)
        atomic_fetch_add_explicit(&cart->items, 1, memory_order_relaxed);
}

static void *click(void *data)
{
    bool early = *(const bool *)data;
    for (long customer = 0; customer < rounds; customer++) {
        rendezvous_meet(&next_customer, PATIENCE_MS);
        if (early)
            add_item(customer);
        rendezvous_meet(&cart_is_there, PATIENCE_MS);
        if (!early)
            add_item(customer);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 2000;
    carts = carts_new();

    pthread_t threads[CLICKS];
    bool early[CLICKS];
    for (int i = 0; i < CLICKS; i++) {
        early[i] = i < EARLY;
        pthread_create(&threads[i], NULL, click, &early[i]);
    }
    for (int i = 0; i < CLICKS; i++)
        pthread_join(threads[i], NULL);

    long full = 0; // customers who find all they put in
    for (long customer = 0; customer < rounds; customer++) {
        struct cart *cart = carts_get(carts, customer);
        full += cart && cart->items == CLICKS;
    }
    printf("want: %ld carts with all %d items in them, got: %ld\n", rounds, CLICKS, full);

    carts_free(carts);
    return full == rounds ? 0 : 1;
}
