// A web shop takes orders; each customer must get one letter, about the right order. Every round is
// an outbox of its own. No connection comes about before all letters of the round are under way and
// the shop is back at its counter.

#include "stack_argument.h"

#include <racelings/rendezvous.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { LETTERS = 5, PATIENCE_MS = 5000 };

static struct rendezvous under_way = RENDEZVOUS(LETTERS + 1); // all letters, and the shop
static atomic_bool waited;                                    // the shop, or a letter, in vain
static atomic_int received[LETTERS];                          // letters, by customer, this round
static atomic_int nonsense;                                   // letters that nobody can expect

// What the customer ordered; everything in it is different for each.
static struct letter order_of(long customer)
{
    return (struct letter){customer, 7000 + customer, 1995 + 1000 * customer};
}

static void wait_for_the_others(void)
{
    if (!waited && !rendezvous_meet(&under_way, PATIENCE_MS))
        waited = true;
}

// The mail server of a scene (scenes.c); NULL in this program.
void (*mail_connect_in_scene)(void);
void (*mail_deliver_in_scene)(const struct letter *letter);

void mail_connect(void)
{
    if (mail_connect_in_scene)
        mail_connect_in_scene();
    else
        wait_for_the_others();
}

void mail_deliver(const struct letter *letter)
{
    if (mail_deliver_in_scene) {
        mail_deliver_in_scene(letter);
        return;
    }
    long customer = letter->customer;
    bool known = customer >= 0 && customer < LETTERS;
    struct letter expected = order_of(known ? customer : 0);
    if (known && letter->order == expected.order && letter->cents == expected.cents)
        received[customer]++;
    else
        nonsense++;
}

// How many customers got exactly one letter. The next round begins with empty mailboxes.
static long ask_customers(void)
{
    long content = 0;
    for (int i = 0; i < LETTERS; i++)
        content += atomic_exchange(&received[i], 0) == 1;
    return content;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    long want = rounds * LETTERS, got = 0;
    for (long round = 0; round < rounds; round++) {
        struct outbox *outbox = outbox_new(LETTERS);
        for (int customer = 0; outbox && customer < LETTERS; customer++) {
            struct letter letter = order_of(customer);
            outbox_send(outbox, &letter);
        }
        if (outbox)
            wait_for_the_others();
        outbox_free(outbox);
        got += ask_customers();
    }
    printf("want: %ld, got: %ld\n", want, got);
    if (nonsense > 0)
        printf("delivered %d times: a letter that makes no sense\n", nonsense);
    if (waited)
        printf("the letters, or the shop, had to wait for a connection\n");
    return got == want && nonsense == 0 && !waited ? 0 : 1;
}
