// table.h, sentence by sentence.

#include "table.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { SEATS_MOST = 5, PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A table, and who eats at it ----

static struct table *table;
static int seats;
static atomic_bool eats[SEATS_MOST];
static int bowls[SEATS_MOST]; // number i is between seat i and the one before: so often eaten from

static void lay_table(int number)
{
    seats = number;
    table = table_new(number);
}

static bool eating(int seat)
{
    return atomic_load_explicit(&eats[(seat + seats) % seats], memory_order_relaxed);
}

static void begin(int seat)
{
    table_take(table, seat);
    atomic_store_explicit(&eats[seat], true, memory_order_relaxed);
    scene_expect(!eating(seat - 1) && !eating(seat + 1), "neighbours never eat at the same time");
    bowls[seat]++;
    bowls[(seat + 1) % seats]++;
}

static void finish(int seat)
{
    atomic_store_explicit(&eats[seat], false, memory_order_relaxed);
    table_put(table, seat);
}

static void eat(int seat)
{
    begin(seat);
    finish(seat);
}

static void seat_0(void)
{
    eat(0);
}

static void seat_1(void)
{
    eat(1);
}

static void seat_2(void)
{
    eat(2);
}

static void seat_0_twice(void)
{
    eat(0);
    eat(0);
}

static void seat_1_twice(void)
{
    eat(1);
    eat(1);
}

static void for_two(void)
{
    lay_table(2);
}

static void for_three(void)
{
    lay_table(3);
}

static void for_four(void)
{
    lay_table(4);
}

static void for_five(void)
{
    lay_table(5);
}

// Ends a scene: everybody has eaten, and each can once more.
static void clear_table(void)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    for (int i = 0; i < seats; i++)
        eat(i);
    table_free(table);
}

// ---- Who shares no chopstick ----

static struct rendezvous side_by_side = RENDEZVOUS(2);

static void eat_with_the_other(int seat)
{
    begin(seat);
    scene_expect(rendezvous_meet(&side_by_side, PATIENCE), "who shares no chopstick may eat too");
    finish(seat);
}

static void seat_0_in_company(void)
{
    eat_with_the_other(0);
}

static void seat_2_in_company(void)
{
    eat_with_the_other(2);
}

// ---- Somebody waits for one who eats; his other neighbour does not ----

static struct rendezvous seated = RENDEZVOUS(2);

static void seat_1_eats_long(void)
{
    begin(1);
    rendezvous_meet(&seated, PATIENCE);
    scene_expect(rendezvous_meet(&side_by_side, PATIENCE), "seat 3 need not wait for anybody");
    finish(1);
}

static void seat_3_eats_meanwhile(void)
{
    rendezvous_meet(&seated, PATIENCE);
    begin(3);
    rendezvous_meet(&side_by_side, PATIENCE);
    finish(3);
}

// ---- One gets up, and two have waited for him, of whom only one may eat ----

static struct rendezvous all_have_come = RENDEZVOUS(4);

static void seat_0_gets_up(void)
{
    begin(0);
    rendezvous_meet(&all_have_come, PATIENCE);
    finish(0);
}

static void seat_2_eats_on(void)
{
    begin(2);
    rendezvous_meet(&all_have_come, PATIENCE);
    scene_expect(rendezvous_meet(&side_by_side, PATIENCE), "seat 4 need not wait for seat 2");
    finish(2);
}

static void seat_1_comes(void)
{
    rendezvous_meet(&all_have_come, PATIENCE);
    eat(1);
}

static void seat_4_comes(void)
{
    rendezvous_meet(&all_have_come, PATIENCE);
    eat(4);
    rendezvous_meet(&side_by_side, PATIENCE);
}

// ---- One has eaten, and both his neighbours eat before he is through with putting back ----

static struct rendezvous three_have_come = RENDEZVOUS(3), three_go_on = RENDEZVOUS(3);

static void seat_0_puts_back_first(void)
{
    begin(0);
    rendezvous_meet(&three_have_come, PATIENCE);
    finish(0);
    scene_expect(rendezvous_meet(&three_go_on, PATIENCE),
                 "who puts back waits for nobody who eats");
}

static void eat_after_seat_0(int seat)
{
    rendezvous_meet(&three_have_come, PATIENCE);
    begin(seat);
    rendezvous_meet(&three_go_on, PATIENCE);
    finish(seat);
}

static void seat_1_after_seat_0(void)
{
    eat_after_seat_0(1);
}

static void seat_3_after_seat_0(void)
{
    eat_after_seat_0(3);
}

// ---- One who sits on two seats, and one at two tables ----

static void seats_0_and_2(void)
{
    begin(0);
    begin(2);
    finish(0);
    finish(2);
}

static struct table *garden;
static struct rendezvous both_tables = RENDEZVOUS(2);

static void two_tables_for_two(void)
{
    for_two();
    garden = table_new(2);
}

// Twice: what is left of the first time must not be in the way.
static void eat_in_the_house(void)
{
    for (int i = 0; i < 2; i++) {
        begin(0);
        scene_expect(rendezvous_meet(&both_tables, PATIENCE), "who is at another table may eat");
        finish(0);
    }
}

static void eat_in_the_garden(void)
{
    for (int i = 0; i < 2; i++) {
        table_take(garden, 1);
        rendezvous_meet(&both_tables, PATIENCE);
        table_put(garden, 1);
    }
}

static void eat_at_both(void)
{
    begin(1);
    table_take(garden, 1);
    table_put(garden, 1);
    finish(1);
}

static void clear_both(void)
{
    table_free(garden);
    clear_table();
}

// ---- Putting back never waits ----

static void seat_0_puts_back(void)
{
    table_take(table, 0);
    table_put(table, 0);
    table_take(table, 0);
    table_put(table, 0);
}

// ---- A long table, and what it leaves behind ----

enum { LONG = 300 };

static void all_sit_down(void)
{
    struct table *tables = table_new(LONG);
    for (int i = 0; i < LONG; i += 2)
        table_take(tables, i);
    for (int i = 0; i < LONG; i += 2)
        table_put(tables, i);
    table_take(tables, LONG - 1);
    table_put(tables, LONG - 1);
    table_free(tables);
}

static struct table *next_table;
static long allocated_before;

// What is allocated once for all tables is here by now.
static void two_tables(void)
{
    for_two();
    clear_table();
    allocated_before = scene_allocated();
    for_two();
    begin(1);
    next_table = table_new(2);
}

static void sit_at_the_next(void)
{
    table_take(next_table, 0);
    table_put(next_table, 0);
}

static void both_are_cleared(void)
{
    finish(1);
    clear_table();
    table_free(next_table);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"three at once",
     "everybody gets to eat in the end",
     for_three,
     {seat_0, seat_1, seat_2},
     clear_table},
    {"two at once",
     "Neighbours never eat at the same time",
     for_two,
     {seat_0, seat_1},
     clear_table},
    {"two eat and one eats twice",
     "Neighbours never eat at the same time",
     for_two,
     {seat_0_twice, seat_1},
     clear_table},
    {"two neighbours eat twice",
     "Neighbours never eat at the same time",
     for_three,
     {seat_0_twice, seat_1_twice},
     clear_table},
    {"three of five",
     "waits while a neighbour has one of them",
     for_five,
     {seat_0, seat_1, seat_2},
     clear_table},
    {"across the table",
     "those who share no chopstick may eat together",
     for_four,
     {seat_0_in_company, seat_2_in_company},
     clear_table},
    {"one waits, and one eats on",
     "Who waits may keep a neighbour waiting, but nobody else.",
     for_five,
     {seat_1_eats_long, seat_3_eats_meanwhile, seat_0},
     clear_table},
    {"one gets up, and two have waited",
     "waits while a neighbour has one of them",
     for_five,
     {seat_0_gets_up, seat_2_eats_on, seat_1_comes, seat_4_comes},
     clear_table},
    {"one gets up, and both neighbours eat",
     "Waits for nobody who eats.",
     for_four,
     {seat_0_puts_back_first, seat_1_after_seat_0, seat_3_after_seat_0},
     clear_table},
    {"on two seats",
     "Takes both chopsticks of a seat",
     for_four,
     {seats_0_and_2, seat_1},
     clear_table},
    {"two tables",
     "A round table of philosophers",
     two_tables_for_two,
     {eat_in_the_house, eat_in_the_garden},
     clear_both},
    {"one at two tables",
     "A round table of philosophers",
     two_tables_for_two,
     {eat_at_both, seat_0},
     clear_both},
    {"there and back", "Waits for nobody who eats.", for_two, {seat_0_puts_back}, clear_table},
    {"a long table", "A table with so many seats", for_two, {all_sit_down}, clear_table},
    {"the next table",
     "The caller frees it when nobody sits at it any more.",
     two_tables,
     {sit_at_the_next},
     both_are_cleared},
    {.name = NULL},
};
