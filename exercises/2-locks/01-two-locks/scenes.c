// two_locks.h, sentence by sentence.

#include "two_locks.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct fund *fund;

static void open_fund(void)
{
    fund = fund_new();
}

static void open_fund_with_a_hundred(void)
{
    open_fund();
    fund_deposit(fund, 100);
}

static void pay_fifty(void)
{
    fund_deposit(fund, 50);
}

static void pay_twenty(void)
{
    fund_deposit(fund, 20);
}

static void buy_for_thirty(void)
{
    fund_withdraw(fund, 30);
}

static void buy_for_seven(void)
{
    fund_withdraw(fund, 7);
}

// Ends a scene: what is in the tin.
static void open_the_tin(long cents)
{
    scene_expect(fund_balance(fund) == cents,
                 "the balance is what was paid in less what was taken");
    fund_free(fund);
}

static void seventy_are_in(void)
{
    open_the_tin(70);
}

static void sixty_three_are_left(void)
{
    open_the_tin(63);
}

static void twenty_are_left(void)
{
    open_the_tin(20);
}

static void thirteen_are_left(void)
{
    open_the_tin(13);
}

static void forty_are_left(void)
{
    open_the_tin(40);
}

static void thirty_seven_are_owed(void)
{
    open_the_tin(-37);
}

// ---- Two funds that have nothing to do with each other ----

static struct fund *coffee, *tea;

static void open_coffee(void)
{
    coffee = fund_new();
    EXPECT(fund_balance(coffee) == 0);
    fund_deposit(coffee, 50);
}

static void open_tea(void)
{
    tea = fund_new();
    EXPECT(fund_balance(tea) == 0);
    fund_withdraw(tea, 30);
}

static void each_has_its_own(void)
{
    EXPECT(fund_balance(coffee) == 50);
    EXPECT(fund_balance(tea) == -30);
    fund_free(coffee);
    fund_free(tea);
}

// ---- Amounts that an int does not hold ----

static const long fortune = 9007199254740993;

static void pay_a_fortune(void)
{
    fund_deposit(fund, fortune);
}

static void a_fortune_less_thirty_is_in(void)
{
    open_the_tin(fortune - 30);
}

static void open_with_a_great_debt(void)
{
    open_fund();
    fund_withdraw(fund, fortune);
}

// ---- Somebody who looks into the tin meanwhile ----

static long seen_first, seen_again;

static void look_twice(void)
{
    seen_first = fund_balance(fund);
    seen_again = fund_balance(fund);
}

static void only_what_was_paid_in(void)
{
    scene_expect(seen_first == 0 || seen_first == 20 || seen_first == 50 || seen_first == 70,
                 "the balance is one that there was at a moment");
    scene_expect(seen_first <= seen_again && seen_again <= 70, "what was paid in stays");
    seventy_are_in();
}

static bool at_some_time(long seen, long between)
{
    return seen == 0 || seen == between || seen == 20;
}

static void pay_then_buy(void)
{
    pay_fifty();
    buy_for_thirty();
}

// One person has paid first and bought then: nobody owed anything.
static void never_in_debt(void)
{
    scene_expect(at_some_time(seen_first, 50), "a balance seen was in the tin at some time");
    scene_expect(at_some_time(seen_again, 50), "a balance seen was in the tin at some time");
    twenty_are_left();
}

static void buy_then_pay(void)
{
    buy_for_thirty();
    pay_fifty();
}

static void never_rich(void)
{
    scene_expect(at_some_time(seen_first, -30), "a balance seen was in the tin at some time");
    scene_expect(at_some_time(seen_again, -30), "a balance seen was in the tin at some time");
    twenty_are_left();
}

// ---- Somebody who pays because of what somebody else has bought, or buys for what was paid ----

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

static struct rendezvous told = RENDEZVOUS(2);

static void pay_fifty_and_tell(void)
{
    pay_fifty();
    rendezvous_meet(&told, PATIENCE);
}

static void buy_for_thirty_when_told(void)
{
    rendezvous_meet(&told, PATIENCE);
    buy_for_thirty();
}

static void buy_for_thirty_and_tell(void)
{
    buy_for_thirty();
    rendezvous_meet(&told, PATIENCE);
}

static void pay_fifty_when_told(void)
{
    rendezvous_meet(&told, PATIENCE);
    pay_fifty();
}

// ---- A sum that grows by a digit, in euros and in powers of two, while somebody looks ----

static const long almost = 4294967290; // 2 to the power of 32, less 6

static void open_fund_with_almost_that(void)
{
    open_fund();
    fund_deposit(fund, almost);
}

static void the_sum_was_whole(void)
{
    scene_expect(seen_first == almost || seen_first == almost + 20, "a balance seen is whole");
    scene_expect(seen_again == almost + 20 || seen_again == seen_first, "a balance seen is whole");
    open_the_tin(almost + 20);
}

// ---- Nothing is paid, nothing is bought ----

static void pay_nothing(void)
{
    fund_deposit(fund, 0);
    EXPECT(fund_balance(fund) == 100 || fund_balance(fund) == 93);
}

static void buy_for_nothing_then_seven(void)
{
    fund_withdraw(fund, 0);
    buy_for_seven();
}

static void ninety_three_are_left(void)
{
    open_the_tin(93);
}

static long seen_by_payer, seen_by_buyer;

static void pay_fifty_and_look(void)
{
    pay_fifty();
    seen_by_payer = fund_balance(fund);
}

static void buy_for_thirty_and_look(void)
{
    buy_for_thirty();
    seen_by_buyer = fund_balance(fund);
}

static void each_saw_the_own_change(void)
{
    scene_expect(seen_by_payer == 50 || seen_by_payer == 20, "who pays in sees it in the balance");
    scene_expect(seen_by_buyer == -30 || seen_by_buyer == 20, "who buys sees it in the balance");
    scene_expect(seen_by_payer == 20 || seen_by_buyer == 20,
                 "the last one sees what both have done");
    twenty_are_left();
}

// ---- More entries than a byte counts, and more colleagues than anybody has thought of ----

enum { CUPS = 300, COLLEAGUES = 20 };

static void open_after_many_cups(void)
{
    open_fund();
    for (int i = 0; i < CUPS; i++) {
        fund_deposit(fund, 5);
        fund_withdraw(fund, 5);
    }
}

static void *pay_and_buy_and_go(void *unused)
{
    fund_deposit(fund, 10);
    fund_withdraw(fund, 9);
    return unused;
}

static void many_pay_and_buy(void)
{
    for (int i = 0; i < COLLEAGUES; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, pay_and_buy_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void each_has_left_a_cent(void)
{
    open_the_tin(COLLEAGUES + 50);
}

// ---- What a fund leaves behind ----

static long allocated_before;

// What is allocated once for all funds is here by now.
static void use_one_fund(void)
{
    open_fund();
    pay_then_buy();
    fund_free(fund);
    allocated_before = scene_allocated();
    open_fund();
}

static void nothing_is_left(void)
{
    twenty_are_left();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two funds", "An empty fund", NULL, {open_coffee, open_tea}, each_has_its_own},
    {"two pay", "Puts money in", open_fund, {pay_fifty, pay_twenty}, seventy_are_in},
    {"two buy",
     "takes money out",
     open_fund_with_a_hundred,
     {buy_for_thirty, buy_for_seven},
     sixty_three_are_left},
    {"one pays, one buys",
     "Puts money in, takes money out.",
     open_fund,
     {pay_fifty, buy_for_thirty},
     twenty_are_left},
    {"one pays, two buy",
     "Puts money in, takes money out.",
     open_fund,
     {pay_fifty, buy_for_thirty, buy_for_seven},
     thirteen_are_left},
    {"two pay, one buys",
     "Puts money in, takes money out.",
     open_fund,
     {pay_fifty, pay_twenty, buy_for_thirty},
     forty_are_left},
    {"on tick",
     "A fund may go below zero",
     open_fund,
     {buy_for_thirty, buy_for_seven},
     thirty_seven_are_owed},
    {"a fortune",
     "What is in it at a moment of the call",
     open_fund,
     {pay_a_fortune, buy_for_thirty},
     a_fortune_less_thirty_is_in},
    {"a great debt",
     "A fund may go below zero",
     open_with_a_great_debt,
     {pay_a_fortune, pay_then_buy},
     twenty_are_left},
    {"looking on",
     "Any thread may ask at any time.",
     open_fund,
     {pay_fifty, pay_twenty, look_twice},
     only_what_was_paid_in},
    {"first paid, then bought",
     "What is in it at a moment of the call",
     open_fund,
     {pay_then_buy, look_twice},
     never_in_debt},
    {"first bought, then paid",
     "What is in it at a moment of the call",
     open_fund,
     {buy_then_pay, look_twice},
     never_rich},
    {"bought with what was paid",
     "What is in it at a moment of the call",
     open_fund,
     {pay_fifty_and_tell, buy_for_thirty_when_told, look_twice},
     never_in_debt},
    {"paid for what was bought",
     "What is in it at a moment of the call",
     open_fund,
     {buy_for_thirty_and_tell, pay_fifty_when_told, look_twice},
     never_rich},
    {"one digit more",
     "What is in it at a moment of the call",
     open_fund_with_almost_that,
     {pay_twenty, look_twice},
     the_sum_was_whole},
    {"nothing at all",
     "Puts money in, takes money out.",
     open_fund_with_a_hundred,
     {pay_nothing, buy_for_nothing_then_seven},
     ninety_three_are_left},
    {"one's own",
     "What is in it at a moment of the call",
     open_fund,
     {pay_fifty_and_look, buy_for_thirty_and_look},
     each_saw_the_own_change},
    {"many cups",
     "What is in it at a moment of the call",
     open_after_many_cups,
     {pay_fifty, buy_for_thirty},
     twenty_are_left},
    {"many colleagues",
     "Puts money in, takes money out.",
     open_fund,
     {many_pay_and_buy, pay_fifty},
     each_has_left_a_cent},
    {"nothing left",
     "The caller frees it.",
     use_one_fund,
     {pay_fifty, buy_for_thirty},
     nothing_is_left},
    {.name = NULL},
};
