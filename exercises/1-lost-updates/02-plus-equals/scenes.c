// plus_equals.h, sentence by sentence.

#include "plus_equals.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>

static struct tally *pledges;

static void open_tally(void)
{
    pledges = tally_new();
}

// Ends a scene: the pads add up to `total`.
static void compare_with_pads(long total)
{
    scene_expect(tally_total(pledges) == total, "the tally holds the sum of the amounts added");
    tally_free(pledges);
}

static void pledge_ten(void)
{
    tally_add(pledges, 10);
}

static void pledge_twenty(void)
{
    tally_add(pledges, 20);
}

static void pledge_forty(void)
{
    tally_add(pledges, 40);
}

static void thirty_are_pledged(void)
{
    compare_with_pads(30);
}

static void seventy_are_pledged(void)
{
    compare_with_pads(70);
}

// ---- Two tallies that have nothing to do with each other ----

static struct tally *channel_one, *channel_two;

static void open_channel_one(void)
{
    channel_one = tally_new();
    EXPECT(tally_total(channel_one) == 0);
    tally_add(channel_one, 10);
}

static void open_channel_two(void)
{
    channel_two = tally_new();
    EXPECT(tally_total(channel_two) == 0);
}

static void each_has_its_own(void)
{
    EXPECT(tally_total(channel_one) == 10);
    EXPECT(tally_total(channel_two) == 0);
    tally_free(channel_one);
    tally_free(channel_two);
}

// ---- Amounts of every kind ----

static void take_five_back(void)
{
    tally_add(pledges, -5);
}

static void pledge_nothing(void)
{
    tally_add(pledges, 0);
}

static void five_are_left(void)
{
    compare_with_pads(5);
}

// Neither an int nor a double can hold it.
static const long fortune = 9007199254740993;

static void pledge_a_fortune(void)
{
    tally_add(pledges, fortune);
}

static void fortune_is_pledged(void)
{
    compare_with_pads(fortune + 10);
}

static void open_in_debt(void)
{
    open_tally();
    tally_add(pledges, -fortune);
}

static void debt_is_paid(void)
{
    compare_with_pads(10);
}

// ---- Somebody who asks while others add ----

static long seen_first, seen_again;

static void look_twice(void)
{
    seen_first = tally_total(pledges);
    seen_again = tally_total(pledges);
}

// Two who look: neither is in the other's way.
static void open_with_ten(void)
{
    open_tally();
    pledge_ten();
}

static void one_looks(void)
{
    seen_first = tally_total(pledges);
}

static void other_looks(void)
{
    seen_again = tally_total(pledges);
}

static void both_saw_ten(void)
{
    scene_expect(seen_first == 10, "what was added before is seen");
    scene_expect(seen_again == 10, "what was added before is seen");
    compare_with_pads(10);
}

static bool is_a_sum_of_some(long total)
{
    return total == 0 || total == 10 || total == 20 || total == 30;
}

static void nothing_was_made_up(void)
{
    scene_expect(is_a_sum_of_some(seen_first), "a total seen is a sum of amounts");
    scene_expect(is_a_sum_of_some(seen_again), "a total seen is a sum of amounts");
    scene_expect(seen_first <= seen_again, "what was seen once is not gone later");
    compare_with_pads(30);
}

static long seen_by_oneself;

static void pledge_ten_and_look(void)
{
    pledge_ten();
    seen_by_oneself = tally_total(pledges);
}

static void own_amount_was_there(void)
{
    scene_expect(seen_by_oneself == 10 || seen_by_oneself == 30,
                 "one sees what one has added oneself");
    compare_with_pads(30);
}

// A total below nothing that is above nothing next: all bits of it change.
static void open_with_five_owed(void)
{
    open_tally();
    tally_add(pledges, -5);
}

static void owed_or_there(void)
{
    scene_expect(seen_first == -5 || seen_first == 5, "what is seen is a sum that there was");
    scene_expect(seen_again == -5 || seen_again == 5, "what is seen is a sum that there was");
    scene_expect(seen_first <= seen_again, "what was seen once is not gone later");
    compare_with_pads(5);
}

// ---- More calls than fit into a byte, or into a list of recent ones ----

enum { CALLS = 300 };

static void open_after_many_calls(void)
{
    open_tally();
    for (int i = 0; i < CALLS; i++)
        tally_add(pledges, 1);
}

static void all_calls_are_in(void)
{
    compare_with_pads(CALLS + 30);
}

// ---- More operators than anybody has thought of, one after the other ----

enum { OPERATORS = 20 };

static void *take_one_call(void *unused)
{
    pledge_ten();
    return unused;
}

static void take_calls_in_turns(void)
{
    for (int i = 0; i < OPERATORS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, take_one_call, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_have_taken_one(void)
{
    compare_with_pads(OPERATORS * 10 + 20);
}

// ---- What a tally leaves behind ----

static long allocated_before;

// What is allocated once for all tallies is here by now.
static void use_one_tally(void)
{
    open_tally();
    pledge_ten();
    tally_free(pledges);
    allocated_before = scene_allocated();
    open_tally();
}

static void nothing_is_left(void)
{
    compare_with_pads(30);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two tallies",
     "A tally at zero",
     NULL,
     {open_channel_one, open_channel_two},
     each_has_its_own},
    {"two at once", "Adds `amount`.", open_tally, {pledge_ten, pledge_twenty}, thirty_are_pledged},
    {"three at once",
     "any number of threads may add",
     open_tally,
     {pledge_ten, pledge_twenty, pledge_forty},
     seventy_are_pledged},
    {"taken back",
     "Adds `amount`.",
     open_tally,
     {pledge_ten, take_five_back, pledge_nothing},
     five_are_left},
    {"a fortune",
     "The sum of all amounts added.",
     open_tally,
     {pledge_ten, pledge_a_fortune},
     fortune_is_pledged},
    {"out of debt",
     "The sum of all amounts added.",
     open_in_debt,
     {pledge_ten, pledge_a_fortune},
     debt_is_paid},
    {"looking on",
     "Any thread may ask at any time.",
     open_tally,
     {pledge_ten, pledge_twenty, look_twice},
     nothing_was_made_up},
    {"two who look",
     "Any thread may ask at any time.",
     open_with_ten,
     {one_looks, other_looks},
     both_saw_ten},
    {"looking on when all bits change",
     "The sum of all amounts added.",
     open_with_five_owed,
     {pledge_ten, look_twice},
     owed_or_there},
    {"one's own",
     "The sum of all amounts added.",
     open_tally,
     {pledge_ten_and_look, pledge_twenty},
     own_amount_was_there},
    {"many calls",
     "The sum of all amounts added.",
     open_after_many_calls,
     {pledge_ten, pledge_twenty},
     all_calls_are_in},
    {"many operators",
     "any number of threads may add",
     open_tally,
     {take_calls_in_turns, pledge_twenty},
     all_have_taken_one},
    {"nothing left",
     "The caller frees it.",
     use_one_tally,
     {pledge_ten, pledge_twenty},
     nothing_is_left},
    {.name = NULL},
};
