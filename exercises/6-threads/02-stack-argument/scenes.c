// stack_argument.h, sentence by sentence. What the mail server notes here it notes without a lock:
// two deliveries to one customer race, and so does one that nobody waited for.

#include "stack_argument.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls these in place of its own.
extern void (*mail_connect_in_scene)(void);
extern void (*mail_deliver_in_scene)(const struct letter *letter);

// ---- Customers and their orders ----

enum { CUSTOMERS = 20 };
static int received[CUSTOMERS]; // letters, by customer

// Everything in a letter is different for each customer.
static struct letter order_of(long customer)
{
    return (struct letter){customer, 7000 + customer, 1995 + 1000 * customer};
}

// ---- The mail server ----

static _Thread_local bool connected; // and nothing delivered yet
static struct rendezvous under_way;  // all letters; and the shop, back at its counter
static struct rendezvous at_the_door;

static void make_connection(void)
{
    scene_expect(!connected, "each letter has its own connection");
    connected = true;
}

static void connect_slowly(void)
{
    make_connection();
    scene_expect(rendezvous_meet(&under_way, PATIENCE),
                 "letters go out side by side, and the shop does not wait for them");
}

static void deliver(const struct letter *letter)
{
    scene_expect(connected, "each letter has its own connection");
    connected = false;
    long customer = letter->customer;
    scene_expect(0 <= customer && customer < CUSTOMERS, "a letter comes as it was sent");
    struct letter expected = order_of(customer);
    scene_expect(letter->order == expected.order && letter->cents == expected.cents,
                 "a letter comes as it was sent");
    received[customer]++;
}

static void deliver_with_the_others(const struct letter *letter)
{
    deliver(letter);
    scene_expect(rendezvous_meet(&at_the_door, PATIENCE), "letters go out side by side");
}

static void start_server(void)
{
    mail_connect_in_scene = make_connection;
    mail_deliver_in_scene = deliver;
}

// Connections come about when so many letters are under way, and the shop has seen to it.
static void start_slow_server(int letters)
{
    start_server();
    mail_connect_in_scene = connect_slowly;
    under_way = (struct rendezvous)RENDEZVOUS(letters + 1);
    at_the_door = (struct rendezvous)RENDEZVOUS(letters);
}

static void back_at_the_counter(void)
{
    scene_expect(rendezvous_meet(&under_way, PATIENCE), "the call returns at once");
}

// ---- The shop ----

// Sends one letter to each of the customers from `first` on, all on the same sheet of paper, which
// is used for something else in the end.
static void send_letters(struct outbox *outbox, int first, int letters)
{
    struct letter letter;
    for (int i = 0; i < letters; i++) {
        letter = order_of(first + i);
        outbox_send(outbox, &letter);
    }
    letter = (struct letter){-1, -1, -1};
}

static void send_together(int room, int letters)
{
    struct outbox *outbox = outbox_new(room);
    send_letters(outbox, 0, letters);
    back_at_the_counter();
    outbox_free(outbox);
}

// Whether the customers from 0 on have each got so many letters, and nobody else any.
static void each_has_got(int customers, int letters)
{
    for (int i = 0; i < CUSTOMERS; i++)
        scene_expect(received[i] == (i < customers ? letters : 0), "each letter is delivered once");
}

static void one_has_got_a_letter(void)
{
    each_has_got(1, 1);
}

static void two_have_got_letters(void)
{
    each_has_got(2, 1);
}

static void three_have_got_letters(void)
{
    each_has_got(3, 1);
}

static void all_have_got_letters(void)
{
    each_has_got(CUSTOMERS, 1);
}

// ---- Letters that go out together ----

static void server_for_one(void)
{
    start_slow_server(1);
}

static void send_one_slowly(void)
{
    send_together(1, 1);
}

static void server_for_three(void)
{
    start_slow_server(3);
}

static void send_three_slowly(void)
{
    send_together(3, 3);
}

static void three_at_the_door(void)
{
    server_for_three();
    mail_deliver_in_scene = deliver_with_the_others;
}

static void server_for_all(void)
{
    start_slow_server(CUSTOMERS);
}

static void send_to_all(void)
{
    send_together(CUSTOMERS, CUSTOMERS);
}

static void server_for_two(void)
{
    start_slow_server(2);
}

static void send_two_of_three(void)
{
    send_together(3, 2);
}

// ---- Letters that go out as they like ----

static void send_two(void)
{
    struct outbox *outbox = outbox_new(2);
    send_letters(outbox, 0, 2);
    outbox_free(outbox);
}

static void send_none(void)
{
    struct outbox *outbox = outbox_new(2);
    outbox_free(outbox);
}

static void nobody_has_got_a_letter(void)
{
    each_has_got(0, 0);
}

// One letter after the other, each on paper of its own, which is thrown away.
static void send_and_throw_away(void)
{
    struct outbox *outbox = outbox_new(2);
    for (int i = 0; i < 2; i++) {
        struct letter *paper = malloc(sizeof *paper);
        if (paper) {
            *paper = order_of(i);
            outbox_send(outbox, paper);
        }
        free(paper);
    }
    back_at_the_counter();
    outbox_free(outbox);
}

// ---- Two outboxes, at once or one after the other ----

static void send_from_two(void)
{
    struct outbox *east = outbox_new(1), *west = outbox_new(1);
    send_letters(east, 0, 1);
    send_letters(west, 1, 1);
    back_at_the_counter();
    outbox_free(west);
    scene_expect(received[1] == 1, "the letter of the one outbox has been delivered");
    outbox_free(east);
}

static void send_again(void)
{
    for (int i = 0; i < 2; i++) {
        send_together(1, 1);
        each_has_got(1, i + 1);
    }
}

static void one_has_got_two_letters(void)
{
    each_has_got(1, 2);
}

// ---- What an outbox leaves behind ----

static long allocated_before;

// What is allocated once for all outboxes is here by now.
static void use_one_outbox(void)
{
    start_server();
    send_two();
    allocated_before = scene_allocated();
    for (int i = 0; i < 2; i++)
        received[i] = 0;
}

static void nothing_is_left(void)
{
    send_none();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
    two_have_got_letters();
}

const struct scene scenes[] = {
    {"one letter",
     "which the caller may overwrite as soon as the call is over",
     server_for_one,
     {send_one_slowly},
     one_has_got_a_letter},
    {"three letters",
     "Letters go out side by side, each with its own connection.",
     server_for_three,
     {send_three_slowly},
     three_have_got_letters},
    {"three at the door",
     "Letters go out side by side",
     three_at_the_door,
     {send_three_slowly},
     three_have_got_letters},
    {"many letters",
     "An outbox for at most that many letters",
     server_for_all,
     {send_to_all},
     all_have_got_letters},
    {"fewer letters than room",
     "A connection takes a while to come about.",
     server_for_two,
     {send_two_of_three},
     two_have_got_letters},
    {"no letter",
     "Waits until all letters have been delivered",
     start_server,
     {send_none},
     nobody_has_got_a_letter},
    {"two letters in a hurry",
     "Waits until all letters have been delivered",
     start_server,
     {send_two},
     two_have_got_letters},
    {"letters thrown away",
     "which the caller may overwrite as soon as the call is over",
     server_for_two,
     {send_and_throw_away},
     two_have_got_letters},
    {"two outboxes",
     "Returns at once: it does not wait for the mail server.",
     server_for_two,
     {send_from_two},
     two_have_got_letters},
    {"one after the other",
     "Waits until all letters have been delivered",
     server_for_one,
     {send_again},
     one_has_got_two_letters},
    {"nothing left", "The caller frees it.", use_one_outbox, {send_two}, nothing_is_left},
    {.name = NULL},
};
