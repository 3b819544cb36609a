// A bank, `rounds` days long. Each day somebody lends money and later gets it back; two pairs who
// have nothing to do with each other pay at the same time; and customers empty one account and fill
// another one. Threads that run at the same time never want the same two accounts in opposite
// orders.

#include "bank_transfer.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { CUSTOMERS = 3 };
enum { POT = 2 * CUSTOMERS - 1 }; // each customer wants two: one too few
enum { JAR = CUSTOMERS - 1 };     // each customer brings one: one too many
enum { PATIENCE = 5000 };         // milliseconds

static struct rendezvous two_pairs = RENDEZVOUS(2); // while both transfers are being checked
static struct rendezvous market = RENDEZVOUS(CUSTOMERS);
static atomic_bool alone;  // one pair had to wait for the other
static atomic_long checks; // how many were made

static bool enough(long from_balance, long to_balance, long amount, void *unused)
{
    (void)to_balance, (void)unused;
    atomic_fetch_add_explicit(&checks, 1, memory_order_relaxed);
    return from_balance >= amount;
}

static bool room_for_it(long from_balance, long to_balance, long amount, void *unused)
{
    (void)from_balance, (void)unused;
    atomic_fetch_add_explicit(&checks, 1, memory_order_relaxed);
    return to_balance + amount <= JAR;
}

// A check that takes until the other pair is being checked too.
static bool with_the_others(long from_balance, long to_balance, long amount, void *unused)
{
    if (!atomic_load_explicit(&alone, memory_order_relaxed) &&
        !rendezvous_meet(&two_pairs, PATIENCE))
        atomic_store_explicit(&alone, true, memory_order_relaxed);
    return enough(from_balance, to_balance, amount, unused);
}

// A transfer by a thread of its own.
struct order {
    struct account *from, *to;
    transfer_check *check;
    long done; // how many transfers were made
    pthread_t thread;
};

enum { AMOUNT = 100 };

static void *carry_out(void *data)
{
    struct order *order = data;
    order->done = account_transfer(order->from, order->to, AMOUNT, order->check, NULL);
    return NULL;
}

// There and back, one after the other: the two threads never meet.
static long lend_and_return(struct account *one, struct account *other)
{
    struct order orders[] = {{.from = one, .to = other, .check = enough},
                             {.from = other, .to = one, .check = enough}};
    for (int i = 0; i < 2; i++) {
        pthread_create(&orders[i].thread, NULL, carry_out, &orders[i]);
        pthread_join(orders[i].thread, NULL);
    }
    return orders[0].done + orders[1].done;
}

// Two transfers at the same time that share no account.
static long pay_in_pairs(struct account *const accounts[4])
{
    struct order orders[] = {{.from = accounts[0], .to = accounts[1], .check = with_the_others},
                             {.from = accounts[2], .to = accounts[3], .check = with_the_others}};
    for (int i = 0; i < 2; i++)
        pthread_create(&orders[i].thread, NULL, carry_out, &orders[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(orders[i].thread, NULL);
    return orders[0].done + orders[1].done;
}

// A customer: two from the pot, one into the jar.
static void *shop(void *data)
{
    struct order *own = data;
    struct account *purse = account_new(1);
    rendezvous_meet(&market, PATIENCE);
    own->done = account_transfer(own->from, purse, 1, enough, NULL);
    own->done += account_transfer(own->from, purse, 1, enough, NULL);
    own->done += account_transfer(purse, own->to, 1, room_for_it, NULL);
    account_free(purse);
    return NULL;
}

// All customers at once.
static long go_shopping(void)
{
    struct account *pot = account_new(POT), *jar = account_new(0);
    struct order orders[CUSTOMERS];
    long done = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
        orders[i] = (struct order){.from = pot, .to = jar};
        pthread_create(&orders[i].thread, NULL, shop, &orders[i]);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        pthread_join(orders[i].thread, NULL);
        done += orders[i].done;
    }
    // One too many of one thing must not hide one too few of another.
    bool right = account_balance(pot) == 0 && account_balance(jar) == JAR;
    account_free(pot);
    account_free(jar);
    return right ? done : -1;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 100;
    struct account *accounts[4];
    long want = rounds * (2 + 2 + POT + JAR), got = 0, money = 0;
    for (int i = 0; i < 4; i++)
        accounts[i] = account_new(AMOUNT);

    for (long day = 0; day < rounds; day++) {
        got += lend_and_return(accounts[0], accounts[1]);
        got += pay_in_pairs(accounts);
        got += go_shopping();
        // Tomorrow the other way round.
        for (int i = 0; i < 4; i += 2) {
            struct account *swapped = accounts[i];
            accounts[i] = accounts[i + 1];
            accounts[i + 1] = swapped;
        }
    }
    for (int i = 0; i < 4; i++) {
        money += account_balance(accounts[i]);
        account_free(accounts[i]);
    }
    printf("want: %ld, got: %ld%s%s\n", want, got, alone ? ", and strangers had to wait" : "",
           money == 4 * AMOUNT ? "" : ", and money is missing");
    return got == want && !alone && money == 4 * AMOUNT ? 0 : 1;
}
