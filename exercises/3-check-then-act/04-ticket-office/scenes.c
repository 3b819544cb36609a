// ticket_office.h, sentence by sentence.

#include "ticket_office.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

// ---- An office, and windows, one for each part of a scene ----

enum { MOST = 260, FEW = 20 }; // tickets: more than a byte counts; and few enough to ask after each

static struct office *office;
static int tickets;
static int seats[4]; // that the windows sold; the fourth is the second one of the first window

static void open_office(int count)
{
    tickets = count;
    office = office_new(count);
}

static void open_without_tickets(void)
{
    open_office(0);
}

static void open_with_one(void)
{
    open_office(1);
}

static void open_with_two(void)
{
    open_office(2);
}

static void open_with_three(void)
{
    open_office(3);
}

static void open_with_ten(void)
{
    open_office(10);
}

static void first_sells(void)
{
    seats[0] = office_sell(office);
}

static void second_sells(void)
{
    seats[1] = office_sell(office);
}

static void third_sells(void)
{
    seats[2] = office_sell(office);
}

static void first_sells_two(void)
{
    seats[0] = office_sell(office);
    seats[3] = office_sell(office);
}

static bool sold[1 + MOST]; // by seat

static void mark(int seat)
{
    scene_expect(0 <= seat && seat <= tickets, "there is such a seat");
    scene_expect(seat == 0 || !sold[seat], "no seat is sold twice");
    sold[seat] = seat > 0;
}

static int count_sold(void)
{
    int count = 0;
    for (int seat = 1; seat <= tickets; seat++)
        count += sold[seat];
    return count;
}

// Sells all that is left, one after the other, to people who come late.
static void sell_the_rest(void)
{
    for (int left = tickets - count_sold(); left > 0; left--) {
        if (left <= FEW || left % FEW == 0)
            scene_expect(office_left(office) == left, "so many tickets are left");
        int seat = office_sell(office);
        scene_expect(seat != 0, "a ticket that is left is sold");
        mark(seat);
    }
}

// Ends a scene: of the tickets, `count` were sold.
static void close_office(int count)
{
    for (int i = 0; i < 4; i++)
        mark(seats[i]);
    scene_expect(count_sold() == count, "so many tickets are sold");
    sell_the_rest();
    for (int i = 0; i < 5; i++) {
        EXPECT(office_sell(office) == 0);
        EXPECT(office_left(office) == 0);
    }
    office_free(office);
}

static void none_is_sold(void)
{
    close_office(0);
}

static void nine_are_sold(void)
{
    close_office(9);
}

static void one_is_sold(void)
{
    close_office(1);
}

static void two_are_sold(void)
{
    close_office(2);
}

static void three_are_sold(void)
{
    close_office(3);
}

// ---- Somebody who is overtaken again and again ----

static void second_sells_eight(void)
{
    for (int i = 0; i < 8; i++)
        mark(office_sell(office));
}

// ---- Somebody who asks meanwhile ----

static int left_first, left_again;

static void ask_twice(void)
{
    left_first = office_left(office);
    left_again = office_left(office);
}

static void the_answers_fit(void)
{
    scene_expect(tickets >= left_first && left_first >= left_again,
                 "tickets that are gone do not come back");
    scene_expect(left_again >= 0 && left_again >= tickets - 2,
                 "no more tickets are gone than were sold");
    close_office(tickets < 2 ? tickets : 2);
}

static void first_sells_and_asks(void)
{
    first_sells();
    left_first = office_left(office);
}

static void second_sells_and_asks(void)
{
    second_sells();
    left_again = office_left(office);
}

static void both_know_what_they_sold(void)
{
    scene_expect(1 <= left_first && left_first <= 2, "as many are left as there were at a moment");
    scene_expect(1 <= left_again && left_again <= 2, "as many are left as there were at a moment");
    scene_expect(left_first == 1 || left_again == 1, "one's own sale is seen");
    close_office(2);
}

// ---- A large house, and a large staff ----

static void open_large_house(void)
{
    open_office(MOST);
}

static void open_large_house_late(void)
{
    open_office(MOST);
    for (int i = 1; i < MOST; i++)
        mark(office_sell(office));
}

static void large_house_is_sold_out(void)
{
    close_office(MOST);
}

enum { STAFF = 20 };

static void *sell_one_and_go(void *unused)
{
    mark(office_sell(office));
    return unused;
}

static void staff_sells_in_turns(void)
{
    for (int i = 0; i < STAFF; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, sell_one_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_have_sold_one(void)
{
    close_office(STAFF + 1);
}

// ---- Two offices that have nothing to do with each other ----

static struct office *opera, *circus;

static void open_opera(void)
{
    opera = office_new(2);
    EXPECT(office_sell(opera) > 0);
    EXPECT(office_left(opera) == 1);
}

static void open_circus(void)
{
    circus = office_new(1);
    EXPECT(office_sell(circus) == 1);
    EXPECT(office_sell(circus) == 0);
}

static void each_has_its_own(void)
{
    EXPECT(office_left(circus) == 0 && office_sell(circus) == 0);
    EXPECT(office_left(opera) == 1 && office_sell(opera) > 0);
    EXPECT(office_left(opera) == 0 && office_sell(opera) == 0);
    office_free(opera);
    office_free(circus);
}

// ---- What an office leaves behind ----

static long allocated_before;

// What is allocated once for all offices is here by now.
static void use_one_office(void)
{
    open_with_one();
    office_sell(office);
    office_free(office);
    allocated_before = scene_allocated();
    open_with_two();
}

static void nothing_is_left(void)
{
    two_are_sold();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"no tickets",
     "returns 0 if all are sold",
     open_without_tickets,
     {first_sells, second_sells},
     none_is_sold},
    {"the last ticket",
     "Sells a ticket, if there is one",
     open_with_one,
     {first_sells, second_sells},
     one_is_sold},
    {"the last ticket, three windows",
     "Sells a ticket, if there is one",
     open_with_one,
     {first_sells, second_sells, third_sells},
     one_is_sold},
    {"one for each",
     "Sells a ticket, if there is one, and returns its seat",
     open_with_two,
     {first_sells, second_sells},
     two_are_sold},
    {"two for three",
     "returns 0 if all are sold",
     open_with_two,
     {first_sells, second_sells, third_sells},
     two_are_sold},
    {"two want two of three",
     "Sells a ticket, if there is one, and returns its seat",
     open_with_three,
     {first_sells_two, second_sells},
     three_are_sold},
    {"one and two of two",
     "returns 0 if all are sold",
     open_with_two,
     {first_sells_two, second_sells},
     two_are_sold},
    {"overtaken by eight",
     "Sells a ticket, if there is one",
     open_with_ten,
     {first_sells, second_sells_eight},
     nine_are_sold},
    {"one stays",
     "An office with `tickets` tickets, for the seats 1 to `tickets`",
     open_with_three,
     {first_sells, second_sells},
     two_are_sold},
    {"asking meanwhile",
     "Any thread may ask at any time.",
     open_with_three,
     {first_sells, second_sells, ask_twice},
     the_answers_fit},
    {"asking for the last one",
     "How many tickets there still are.",
     open_with_one,
     {first_sells, second_sells, ask_twice},
     the_answers_fit},
    {"asking after one's own sale",
     "How many tickets there still are.",
     open_with_three,
     {first_sells_and_asks, second_sells_and_asks},
     both_know_what_they_sold},
    {"a large house",
     "for the seats 1 to `tickets`",
     open_large_house,
     {first_sells, second_sells},
     two_are_sold},
    {"the last of many",
     "returns 0 if all are sold",
     open_large_house_late,
     {first_sells, second_sells},
     large_house_is_sold_out},
    {"a large staff",
     "sold at several windows at once",
     open_large_house,
     {staff_sells_in_turns, second_sells},
     all_have_sold_one},
    {"two offices",
     "An office with `tickets` tickets",
     NULL,
     {open_opera, open_circus},
     each_has_its_own},
    {"nothing left",
     "The caller frees it.",
     use_one_office,
     {first_sells, second_sells},
     nothing_is_left},
    {.name = NULL},
};
