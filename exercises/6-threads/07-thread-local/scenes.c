// thread_local.h, sentence by sentence.

#include "thread_local.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls this in place of its own.
extern void (*printer_write_in_scene)(int till, const char *text, size_t length);

// ---- Tills, each with a receipt that is to come out of its printer ----

enum { TILLS = 40 };

struct till {
    int number; // nobody says that they are small, or follow each other
    long cents;
    const char *expected;
    int receipts;
};

static struct till tills[TILLS];
static struct rendezvous all_printers; // are at work

static struct till *find_till(int number)
{
    for (int i = 0; i < TILLS; i++)
        if (tills[i].expected && tills[i].number == number)
            return &tills[i];
    scene_expect(false, "a receipt comes out of the printer of its till");
    return NULL;
}

static void expect_text(const struct till *till, const char *text, size_t length)
{
    scene_expect(length == strlen(till->expected) && memcmp(text, till->expected, length) == 0,
                 "the receipt shows the amount");
}

static void print(int number, const char *text, size_t length)
{
    struct till *till = find_till(number);
    expect_text(till, text, length);
    till->receipts++;
}

// Looks at the text until all others are printing as well, and once more.
static void print_slowly(int number, const char *text, size_t length)
{
    print(number, text, length);
    scene_expect(rendezvous_meet(&all_printers, PATIENCE), "the tills print side by side");
    expect_text(find_till(number), text, length);
    scene_expect(rendezvous_meet(&all_printers, PATIENCE), "the tills print side by side");
}

static void open_till(int index, int number, long cents, const char *expected)
{
    tills[index] = (struct till){number, cents, expected, 0};
}

static void *serve(void *till)
{
    const struct till *own = till;
    receipt_print(own->number, own->cents);
    return NULL;
}

static void serve_at_first(void)
{
    serve(&tills[0]);
}

static void serve_at_second(void)
{
    serve(&tills[1]);
}

static void serve_at_third(void)
{
    serve(&tills[2]);
}

static void each_has_printed(int receipts)
{
    for (int i = 0; i < TILLS; i++)
        scene_expect(!tills[i].expected || tills[i].receipts == receipts,
                     "each amount is printed once");
}

static void each_has_printed_once(void)
{
    each_has_printed(1);
}

// ---- Two and three tills ----

static void open_three(void)
{
    printer_write_in_scene = print;
    open_till(0, 1, 1234, "12.34");
    open_till(1, 2, 56, "0.56");
    open_till(2, 3, 789012, "7890.12");
}

static void open_two_slow_ones(void)
{
    printer_write_in_scene = print_slowly;
    all_printers = (struct rendezvous)RENDEZVOUS(2);
    open_till(0, 1, 1234, "12.34");
    open_till(1, 2, 5678, "56.78");
}

static void open_three_slow_ones(void)
{
    open_three();
    printer_write_in_scene = print_slowly;
    all_printers = (struct rendezvous)RENDEZVOUS(3);
}

// ---- Amounts of every size ----

static void open_for_every_amount(void)
{
    printer_write_in_scene = print;
    open_till(0, 10, 0, "0.00");
    open_till(1, 11, 7, "0.07");
    open_till(2, 12, 10, "0.10");
    open_till(3, 13, 99, "0.99");
    open_till(4, 14, 100, "1.00");
    open_till(5, 15, 100000, "1000.00");
    open_till(6, 16, INT_MAX, "21474836.47");
    open_till(7, 17, LONG_MAX, "92233720368547758.07");
    open_till(8, 18, 1, "0.01");
}

enum { AMOUNTS = 9 };

// One who goes from till to till.
static void serve_at_every_till(void)
{
    for (int i = 0; i < AMOUNTS; i++)
        serve(&tills[i]);
}

static void serve_at_every_till_again(void)
{
    for (int i = AMOUNTS - 1; i >= 0; i--)
        serve(&tills[i]);
}

static void serve_twice_everywhere(void)
{
    serve_at_every_till();
    serve_at_every_till_again();
}

static void each_has_printed_twice(void)
{
    each_has_printed(2);
}

// ---- A large supermarket ----

// The numbers of the tills are far from each other, and the same in their lowest bits.
enum { FAR = 1024 };

static void open_all(void)
{
    printer_write_in_scene = print_slowly;
    all_printers = (struct rendezvous)RENDEZVOUS(TILLS);
    for (int i = 0; i < TILLS; i++)
        open_till(i, FAR * i, 1234 + i % 2, i % 2 ? "12.35" : "12.34");
}

// One thread begins all others: which of several is first to begin the next one would make schedules beyond
// number, and no difference.
static void serve_everywhere(void)
{
    pthread_t threads[TILLS];
    for (int i = 0; i < TILLS; i++)
        pthread_create(&threads[i], NULL, serve, &tills[i]);
    for (int i = 0; i < TILLS; i++)
        pthread_join(threads[i], NULL);
}

// ---- Many customers, one after the other ----

enum { CUSTOMERS = 300 };

static void serve_many(struct till *till)
{
    for (int i = 0; i < CUSTOMERS; i++)
        serve(till);
}

static void serve_many_at_first(void)
{
    serve_many(&tills[0]);
}

static void serve_many_at_second(void)
{
    serve_many(&tills[1]);
}

static void open_two(void)
{
    open_three();
    open_till(2, 0, 0, NULL);
}

static void many_have_been_served(void)
{
    each_has_printed(CUSTOMERS);
}

// ---- Very many customers at one till while the printer of another looks at one text ----

enum { VERY_MANY = 1100 };
static struct rendezvous queue_is_long = RENDEZVOUS(2);

static void serve_at_first_before(void)
{
    serve(&tills[0]);
    rendezvous_meet(&queue_is_long, PATIENCE);
}

static void serve_very_many_after(void)
{
    rendezvous_meet(&queue_is_long, PATIENCE);
    for (int i = 0; i < VERY_MANY; i++)
        serve(&tills[1]);
}

static void very_many_have_been_served(void)
{
    scene_expect(tills[0].receipts == 1 && tills[1].receipts == VERY_MANY,
                 "each amount is printed once");
}

// ---- Tills are closed, and others opened ----

static long allocated_before;

static void open_and_close(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, serve, &tills[0]);
    pthread_join(thread, NULL);
}

// What is allocated once for all tills is here by now.
static void open_and_close_once(void)
{
    open_two();
    open_and_close();
    allocated_before = scene_allocated();
}

static void open_and_close_again(void)
{
    for (int i = 0; i < 3; i++)
        open_and_close();
}

static void nothing_is_left(void)
{
    scene_expect(scene_allocated() <= allocated_before, "threads that ended use no memory");
    scene_expect(tills[0].receipts == 4, "each amount is printed once");
}

const struct scene scenes[] = {
    {"two tills",
     "Prints an amount, 1234 as \"12.34\"",
     open_two,
     {serve_at_first, serve_at_second},
     each_has_printed_once},
    {"three tills",
     "on the printer of that till",
     open_three,
     {serve_at_first, serve_at_second, serve_at_third},
     each_has_printed_once},
    {"two side by side",
     "A printer takes its time, and looks at the text until all of it is printed.",
     open_two_slow_ones,
     {serve_at_first, serve_at_second},
     each_has_printed_once},
    {"three side by side",
     "The tills print side by side.",
     open_three_slow_ones,
     {serve_at_first, serve_at_second, serve_at_third},
     each_has_printed_once},
    {"every amount",
     "Prints an amount",
     open_for_every_amount,
     {serve_at_every_till},
     each_has_printed_once},
    {"from till to till",
     "on the printer of that till",
     open_for_every_amount,
     {serve_twice_everywhere},
     each_has_printed_twice},
    {"a large supermarket",
     "Every till is a thread and has a printer of its own.",
     open_all,
     {serve_everywhere},
     each_has_printed_once},
    {"many customers",
     "Prints an amount",
     open_two,
     {serve_many_at_first, serve_many_at_second},
     many_have_been_served},
    {"very many customers",
     "looks at the text until all of it is printed",
     open_two,
     {serve_at_first_before, serve_very_many_after},
     very_many_have_been_served},
    {"tills come and go",
     "When a till's thread has ended, the memory that it used for that is free for others.",
     open_and_close_once,
     {open_and_close_again},
     nothing_is_left},
    {.name = NULL},
};
