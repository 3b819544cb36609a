// savings.h, sentence by sentence.

#include "savings.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- An account with 1,000 cents, and people who use it ----

static struct savings *savings;
static bool taken[2]; // what savings_take_out returned

static void open_with_1000(void)
{
    savings = savings_new();
    savings_pay_in(savings, 1000);
}

static void pay_in_100(void)
{
    savings_pay_in(savings, 100);
}

static void take_out_100(void)
{
    taken[0] = savings_take_out(savings, 100);
}

static void pay_in_and_take_out(void)
{
    pay_in_100();
    take_out_100();
}

static void take_out_and_pay_in(void)
{
    take_out_100();
    pay_in_100();
}

static void take_out_600(void)
{
    taken[0] = savings_take_out(savings, 600);
}

static void another_takes_out_700(void)
{
    taken[1] = savings_take_out(savings, 700);
}

static void add_10_percent(void)
{
    savings_add_interest(savings, 10);
}

// Ends a scene.
static void is_one_of(long one, long other)
{
    long balance = savings_balance(savings);
    scene_expect(balance == one || balance == other, "it comes out as if one came after the other");
    savings_free(savings);
}

static void interest_and_100(void)
{
    is_one_of(1200, 1210);
}

static void interest_less_100(void)
{
    scene_expect(taken[0], "there was enough, and it is taken");
    is_one_of(1000, 990);
}

static void interest_on_1000_or_1100(void)
{
    scene_expect(taken[0], "there was enough, and it is taken");
    is_one_of(1100, 1110);
}

static void interest_on_1000_or_900(void)
{
    scene_expect(taken[0], "there was enough, and it is taken");
    is_one_of(1100, 1090);
}

static void interest_twice(void)
{
    is_one_of(1210, 1210);
}

static void paid_twice(void)
{
    is_one_of(1200, 1200);
}

static void only_one_was_taken(void)
{
    scene_expect(taken[0] != taken[1], "there was enough for one of the two");
    long left = taken[0] ? 400 : 300;
    is_one_of(left, left);
}

static void interest_or_not_enough(void)
{
    // 1100 with interest: 500 are left, or 400 and interest on them.
    scene_expect(taken[0], "there was enough, and it is taken");
    is_one_of(500, 440);
}

// ---- By main alone ----

static void count_cents(void)
{
    savings = savings_new();
    EXPECT(savings_balance(savings) == 0);
    savings_add_interest(savings, 10);
    EXPECT(savings_balance(savings) == 0);
    EXPECT(!savings_take_out(savings, 1));
    savings_pay_in(savings, 19);
    savings_add_interest(savings, 10);
    EXPECT(savings_balance(savings) == 20);
    EXPECT(!savings_take_out(savings, 21) && savings_balance(savings) == 20);
    EXPECT(savings_take_out(savings, 20) && savings_balance(savings) == 0);
    savings_pay_in(savings, 100);
    savings_add_interest(savings, 3);
    EXPECT(savings_balance(savings) == 103);
    savings_pay_in(savings, 4000000000);
    savings_add_interest(savings, 1);
    EXPECT(savings_balance(savings) == 4040000104);
    savings_free(savings);
}

static void ask_meanwhile(void)
{
    long balance = savings_balance(savings);
    scene_expect(balance == 1000 || balance == 1100, "a balance is one that there was at a moment");
}

static void has_1100(void)
{
    is_one_of(1100, 1100);
}

// ---- Two accounts, and what they leave behind ----

static struct savings *childs;
static long allocated_before;

// What is allocated once for all accounts is here by now.
static void two_accounts(void)
{
    savings_free(savings_new());
    allocated_before = scene_allocated();
    open_with_1000();
    childs = savings_new();
}

static void child_saves(void)
{
    savings_pay_in(childs, 50);
    savings_add_interest(childs, 100);
}

static void both_are_closed(void)
{
    EXPECT(savings_balance(childs) == 100);
    savings_free(childs);
    has_1100();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

// ---- Somebody wants more than there is, and changes nothing ----

static long seen;

static void another_takes_out_2000(void)
{
    taken[1] = savings_take_out(savings, 2000);
}

static void look(void)
{
    seen = savings_balance(savings);
}

static void refused(long balance)
{
    scene_expect(!taken[1], "there was not enough, and nothing is taken");
    is_one_of(balance, balance);
}

static void only_100_were_taken(void)
{
    scene_expect(taken[0], "who takes out what is there gets it");
    refused(900);
}

static void all_is_there(void)
{
    scene_expect(seen == 1000, "who is refused changes nothing, not for a moment");
    refused(1000);
}

static void interest_on_1000(void)
{
    refused(1100);
}

const struct scene scenes[] = {
    {"paid in, taken out",
     "it comes out as if one had done it after the other",
     open_with_1000,
     {add_10_percent, pay_in_and_take_out},
     interest_on_1000_or_1100},
    {"taken out, paid in",
     "it comes out as if one had done it after the other",
     open_with_1000,
     {add_10_percent, take_out_and_pay_in},
     interest_on_1000_or_900},
    {"paid in meanwhile",
     "Adds so many per cent of what is on it",
     open_with_1000,
     {add_10_percent, pay_in_100},
     interest_and_100},
    {"taken out meanwhile",
     "Adds so many per cent of what is on it",
     open_with_1000,
     {add_10_percent, take_out_100},
     interest_less_100},
    {"interest on interest",
     "Adds so many per cent of what is on it",
     open_with_1000,
     {add_10_percent, add_10_percent},
     interest_twice},
    {"two pay in", "Pays in so many cents.", open_with_1000, {pay_in_100, pay_in_100}, paid_twice},
    {"not enough for both",
     "False if there are not so many: then nothing changes.",
     open_with_1000,
     {take_out_600, another_takes_out_700},
     only_one_was_taken},
    {"most of it",
     "Takes out so many cents, and returns true.",
     open_with_1000,
     {take_out_600, add_10_percent},
     interest_or_not_enough},
    {"asked meanwhile",
     "What is on it.",
     open_with_1000,
     {add_10_percent, ask_meanwhile},
     has_1100},
    {"few cents", "rounded down", NULL, {count_cents}, NULL},
    {"two accounts",
     "The caller frees it when nobody uses it any more.",
     two_accounts,
     {pay_in_100, child_saves},
     both_are_closed},
    {"one wants too much, one does not",
     "False if there are not so many: then nothing changes.",
     open_with_1000,
     {another_takes_out_2000, take_out_100},
     only_100_were_taken},
    {"one wants too much, one looks",
     "which never falls below zero",
     open_with_1000,
     {another_takes_out_2000, look},
     all_is_there},
    {"one wants too much, and there is interest",
     "False if there are not so many: then nothing changes.",
     open_with_1000,
     {another_takes_out_2000, add_10_percent},
     interest_on_1000},
    {.name = NULL},
};
