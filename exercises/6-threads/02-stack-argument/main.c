// A web shop takes orders; each customer must get one letter, about the right order. Every round is
// an outbox of its own. No connection comes about before all letters of the round are under way and
// the shop is back at its counter. If all is well then, one more round before the holidays, when very
// many letters are under way at once.

#include "stack_argument.h"

#include <racelings/rendezvous.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// HOLIDAYS: for so many more letters than there were rounds.
enum { LETTERS = 5, HOLIDAYS = 15, PATIENCE_MS = 5000 };

static long letters;                // and customers, this round
static struct rendezvous under_way; // all letters, and the shop
static atomic_bool waited;          // the shop, or a letter, in vain
static atomic_int *received;        // letters, by customer, this round
static atomic_int nonsense;         // letters that nobody can expect

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
    bool known = customer >= 0 && customer < letters;
    struct letter expected = order_of(known ? customer : 0);
    if (known && letter->order == expected.order && letter->cents == expected.cents)
        received[customer]++;
    else
        nonsense++;
}

static void open_shop(long customers)
{
    letters = customers;
    under_way = (struct rendezvous)RENDEZVOUS((int)customers + 1);
}

// How many customers got exactly one letter. The next round begins with empty mailboxes.
static long ask_customers(void)
{
    long content = 0;
    for (long i = 0; i < letters; i++)
        content += atomic_exchange(&received[i], 0) == 1;
    return content;
}

static long send_letters(void)
{
    struct outbox *outbox = outbox_new((int)letters);
    for (long customer = 0; outbox && customer < letters; customer++) {
        struct letter letter = order_of(customer);
        outbox_send(outbox, &letter);
    }
    if (outbox)
        wait_for_the_others();
    outbox_free(outbox);
    return ask_customers();
}

// Whether the rounds went well that there were so far.
static bool all_is_well(long want, long got)
{
    return got == want && nonsense == 0 && !waited;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    long want = rounds * LETTERS, got = 0;
    received = calloc(LETTERS + rounds * HOLIDAYS, sizeof *received);
    if (!received)
        return 2;
    open_shop(LETTERS);
    for (long round = 0; round < rounds; round++)
        got += send_letters();
    printf("want: %ld, got: %ld\n", want, got);
    if (nonsense > 0)
        printf("delivered %d times: a letter that makes no sense\n", nonsense);
    if (waited)
        printf("the letters, or the shop, had to wait for a connection\n");
    if (!all_is_well(want, got))
        return 1;

    want = rounds * HOLIDAYS;
    open_shop(want);
    got = send_letters();
    if (!all_is_well(want, got))
        printf("of %ld letters at once: want: %ld delivered, got: %ld\n", want, want, got);
    return all_is_well(want, got) ? 0 : 1;
}
