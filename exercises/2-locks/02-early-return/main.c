// A shop for `rounds` days. In the morning there is enough for everybody. At noon somebody asks for
// what is sold out, and while he thinks about it the monitor looks in. In the afternoon the stock
// is one piece short, and the last two ask at the same moment.

#include "early_return.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { CUSTOMERS = 2, ORDERS = 3, DEMAND = CUSTOMERS * ORDERS };
enum { ARTICLE = 4 };
enum { PATIENCE = 5000 }; // milliseconds

static struct stock *stock;
static struct rendezvous opening = RENDEZVOUS(CUSTOMERS + 1); // the supplier and the customers
static struct rendezvous closing = RENDEZVOUS(CUSTOMERS + 1); // the customers and main
static struct rendezvous last_orders = RENDEZVOUS(CUSTOMERS);
static struct rendezvous noon = RENDEZVOUS(2); // the late customer and main

static void *supplier(void *supply)
{
    stock_add(stock, ARTICLE, (long)supply);
    rendezvous_meet(&opening, PATIENCE);
    return NULL;
}

// Returns how many pieces this customer got.
static void *customer(void *unused)
{
    (void)unused;
    long got = 0;
    rendezvous_meet(&opening, PATIENCE);
    for (int i = 1; i < ORDERS; i++)
        got += stock_take(stock, ARTICLE, 1);
    rendezvous_meet(&last_orders, PATIENCE);
    got += stock_take(stock, ARTICLE, 1);
    rendezvous_meet(&closing, PATIENCE);
    return (void *)got;
}

// Sells `supply` pieces to all customers at once. Returns how many were sold, or -1 if a customer
// was never served.
static long sell(long supply)
{
    pthread_t threads[CUSTOMERS + 1];
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_create(&threads[i], NULL, customer, NULL);
    pthread_create(&threads[CUSTOMERS], NULL, supplier, (void *)supply);

    long passing_look;
    stock_peek(stock, &passing_look); // whatever it says, it must not disturb
    if (!rendezvous_meet(&closing, PATIENCE))
        return -1;

    long sold = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
        void *got;
        pthread_join(threads[i], &got);
        sold += (long)got;
    }
    pthread_join(threads[CUSTOMERS], NULL);
    return sold;
}

// Asks for what is sold out, and stays in the shop until the monitor has looked in.
static void *late_customer(void *unused)
{
    (void)unused;
    bool got = stock_take(stock, ARTICLE, 1);
    rendezvous_meet(&noon, PATIENCE);
    rendezvous_meet(&noon, PATIENCE);
    return got ? stock : NULL;
}

// Whether the monitor, looking in meanwhile, gets its answer: nobody is at work, nothing is left.
static bool noon_is_quiet(void)
{
    pthread_t thread;
    long pieces = -1;
    void *got;
    pthread_create(&thread, NULL, late_customer, NULL);
    rendezvous_meet(&noon, PATIENCE);
    bool answered = stock_peek(stock, &pieces);
    rendezvous_meet(&noon, PATIENCE);
    pthread_join(thread, &got);
    return answered && !got && pieces == 0;
}

// One day. Returns how many pieces were sold, or -1 if the stock hangs: it must not be freed then.
static long one_day(void)
{
    long morning = sell(DEMAND);
    if (morning < 0 || !noon_is_quiet())
        return -1;
    long afternoon = sell(DEMAND - 1);
    return afternoon < 0 ? -1 : morning + afternoon;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 100;
    long want = rounds * (2 * DEMAND - 1), got = 0;
    stock = stock_new();
    for (long day = 0; day < rounds; day++) {
        long sold = one_day();
        if (sold < 0) {
            printf("want: %ld, got: %ld, and then no more: the stock is locked\n", want, got);
            return 1;
        }
        got += sold;
    }
    printf("want: %ld, got: %ld\n", want, got);
    stock_free(stock);
    return got == want ? 0 : 1;
}
