// hoard.h, sentence by sentence.

#include "hoard.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- A hoard, dwarves who carry, and a dragon who counts ----

enum { TOTAL = 11 };

static struct hoard *hoard;

static void fill_chests(long zero, long one, long two)
{
    hoard = hoard_new(3);
    hoard_add(hoard, 0, zero);
    hoard_add(hoard, 1, one);
    hoard_add(hoard, 2, two);
}

static void fill_three(void)
{
    fill_chests(5, 4, 2);
}

static struct carry {
    int from, to;
    long coins;
    bool done; // what hoard_carry returned
} carries[2];

static void carry(struct carry *own)
{
    own->done = hoard_carry(hoard, own->from, own->to, own->coins);
}

static void first_carries(void)
{
    carry(&carries[0]);
}

static void second_carries(void)
{
    carry(&carries[1]);
}

static void first_carries_and_asks(void)
{
    carry(&carries[0]);
    EXPECT(hoard_count(hoard) == TOTAL);
}

static void dragon_counts(void)
{
    scene_expect(hoard_count(hoard) == TOTAL, "no coin is missed and none is counted twice");
}

static void dragon_counts_twice(void)
{
    dragon_counts();
    dragon_counts();
}

static void in_chests(long zero, long one, long two)
{
    scene_expect(hoard_in_chest(hoard, 0) == zero, "chest 0 holds what was carried there");
    scene_expect(hoard_in_chest(hoard, 1) == one, "chest 1 holds what was carried there");
    scene_expect(hoard_in_chest(hoard, 2) == two, "chest 2 holds what was carried there");
    EXPECT(hoard_count(hoard) == zero + one + two);
    hoard_free(hoard);
}

// ---- From a chest that is counted early to a late one, and back ----

static void one_goes_up(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 0, .to = 2, .coins = 3};
}

static void one_goes_down(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 2, .to = 0, .coins = 1};
}

static void one_went_up(void)
{
    scene_expect(carries[0].done, "there were enough coins to carry");
    in_chests(2, 4, 5);
}

static void one_went_down(void)
{
    scene_expect(carries[0].done, "there were enough coins to carry");
    in_chests(6, 4, 1);
}

static void somebody_looks(void)
{
    long coins = hoard_in_chest(hoard, 2);
    scene_expect(coins == 2 || coins == 5, "a chest holds what it held before or after the carry");
}

// ---- A dwarf who goes to and fro while the dragon looks into very many chests ----

// With so many carries a count of changes that is kept in a byte is what it was; and some coins have
// moved from a chest that the dragon saw early to one that it saw late.
enum { VERY_MANY = 300, CARRIES = 128 };

static void fill_the_first_of_very_many(void)
{
    hoard = hoard_new(VERY_MANY);
    hoard_add(hoard, 0, TOTAL);
}

static void go_to_and_fro(void)
{
    EXPECT(hoard_carry(hoard, 0, VERY_MANY - 1, 2));
    EXPECT(hoard_carry(hoard, 0, VERY_MANY - 1, 1));
    for (int i = 2; i < CARRIES; i += 2) {
        EXPECT(hoard_carry(hoard, 0, 1, 1));
        EXPECT(hoard_carry(hoard, 1, 0, 1));
    }
}

static void three_have_moved(void)
{
    EXPECT(hoard_in_chest(hoard, 0) == TOTAL - 3 && hoard_in_chest(hoard, VERY_MANY - 1) == 3);
    EXPECT(hoard_count(hoard) == TOTAL);
    hoard_free(hoard);
}

// ---- Two dwarves at once ----

static void up_and_down(void)
{
    one_goes_up();
    carries[1] = (struct carry){.from = 2, .to = 0, .coins = 1};
}

static void side_by_side(void)
{
    one_goes_up();
    carries[1] = (struct carry){.from = 0, .to = 1, .coins = 1};
}

static void they_crossed(void)
{
    scene_expect(carries[0].done && carries[1].done, "both dwarves had enough coins to carry");
    in_chests(3, 4, 4);
}

static void both_carried(void)
{
    scene_expect(carries[0].done && carries[1].done, "both dwarves had enough coins to carry");
    in_chests(1, 5, 5);
}

// ---- Not enough for both ----

static void too_few_for_two(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 0, .to = 1, .coins = 3};
    carries[1] = (struct carry){.from = 0, .to = 2, .coins = 4};
}

static void one_of_them_carried(void)
{
    scene_expect(carries[0].done != carries[1].done, "there were enough coins for one of the two");
    if (carries[0].done)
        in_chests(2, 7, 2);
    else
        in_chests(1, 4, 6);
}

static void never_enough(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 1, .to = 0, .coins = 5};
}

static void nothing_moved(void)
{
    scene_expect(!carries[0].done, "there were not enough coins to carry");
    in_chests(5, 4, 2);
}

static void the_last_coin(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 1, .to = 0, .coins = 4};
}

static void chest_is_empty(void)
{
    scene_expect(carries[0].done, "there were enough coins to carry");
    in_chests(9, 0, 2);
}

// ---- The same chest ----

static void to_itself(void)
{
    fill_three();
    carries[0] = (struct carry){.from = 1, .to = 1, .coins = 4};
    carries[1] = (struct carry){.from = 1, .to = 1, .coins = 5};
}

static void only_what_is_there(void)
{
    scene_expect(carries[0].done && !carries[1].done,
                 "one carries what is there, and the other cannot carry more");
    in_chests(5, 4, 2);
}

// ---- New coins ----

static void two_are_new(void)
{
    hoard_add(hoard, 1, 2);
}

static void one_is_new(void)
{
    hoard_add(hoard, 1, 1);
}

static void dragon_counts_the_growing(void)
{
    long coins = hoard_count(hoard);
    scene_expect(coins == TOTAL || coins == TOTAL + 2,
                 "new coins are counted all at once, or not yet");
}

static void three_more(void)
{
    in_chests(5, 7, 2);
}

static void two_more(void)
{
    in_chests(5, 6, 2);
}

// ---- Two hoards, and what they leave behind ----

static struct hoard *neighbour;
static long allocated_before;

// What is allocated once for all hoards is here by now.
static void next_to_another(void)
{
    hoard_free(hoard_new(3));
    allocated_before = scene_allocated();
    one_goes_up();
    neighbour = hoard_new(1);
    hoard_add(neighbour, 0, 70);
}

static void neighbour_counts(void)
{
    EXPECT(hoard_count(neighbour) == 70);
}

static void neighbours_part(void)
{
    one_went_up();
    neighbour_counts();
    hoard_free(neighbour);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

// ---- More chests than fit into a byte, or into a word of marks ----

enum { MANY = 300 };

static void carry_along(void)
{
    hoard = hoard_new(MANY);
    EXPECT(hoard_count(hoard) == 0);
    hoard_add(hoard, 0, TOTAL);
    for (int i = 1; i < MANY; i++)
        EXPECT(hoard_carry(hoard, i - 1, i, TOTAL));
    EXPECT(hoard_count(hoard) == TOTAL);
    EXPECT(hoard_in_chest(hoard, MANY - 1) == TOTAL);
    hoard_free(hoard);
}

// ---- More coins than fit into an int ----

static void carry_a_treasure(void)
{
    const long treasure = 3000000000;
    hoard = hoard_new(2);
    hoard_add(hoard, 0, treasure);
    EXPECT(hoard_carry(hoard, 0, 1, treasure));
    EXPECT(hoard_in_chest(hoard, 1) == treasure && hoard_count(hoard) == treasure);
    hoard_free(hoard);
}

const struct scene scenes[] = {
    {"counted on the way",
     "none is missed because it is being carried",
     one_goes_up,
     {first_carries, dragon_counts},
     one_went_up},
    {"counted on the way back",
     "none is counted twice",
     one_goes_down,
     {first_carries, dragon_counts},
     one_went_down},
    {"counted twice",
     "in all chests together, at one moment",
     one_goes_up,
     {first_carries, dragon_counts_twice},
     one_went_up},
    {"looked into meanwhile",
     "How many coins are in a chest.",
     one_goes_up,
     {first_carries, somebody_looks},
     one_went_up},
    {"all day long",
     "in all chests together, at one moment",
     fill_the_first_of_very_many,
     {dragon_counts, go_to_and_fro},
     three_have_moved},
    {"two dwarves and a dragon",
     "in all chests together, at one moment",
     up_and_down,
     {first_carries, second_carries, dragon_counts},
     they_crossed},
    {"a dwarf counts too",
     "Any number of threads may use it at the same time.",
     up_and_down,
     {first_carries_and_asks, second_carries},
     they_crossed},
    {"there and back",
     "However dwarves cross each other, each of them arrives.",
     up_and_down,
     {first_carries, second_carries},
     they_crossed},
    {"side by side",
     "Carries coins from one chest to another one, and returns true.",
     side_by_side,
     {first_carries, second_carries},
     both_carried},
    {"too few for two",
     "False if there are not so many in it",
     too_few_for_two,
     {first_carries, second_carries},
     one_of_them_carried},
    {"never enough",
     "then nothing has moved",
     never_enough,
     {first_carries, dragon_counts},
     nothing_moved},
    {"the last coin",
     "Carries coins from one chest to another one, and returns true.",
     the_last_coin,
     {first_carries},
     chest_is_empty},
    {"to itself",
     "The two may be the same chest.",
     to_itself,
     {first_carries, second_carries},
     only_what_is_there},
    {"new coins",
     "Puts coins that are new to the hoard into a chest.",
     fill_three,
     {two_are_new, one_is_new},
     three_more},
    {"new coins are counted",
     "How many coins there are in all chests together",
     fill_three,
     {two_are_new, dragon_counts_the_growing},
     two_more},
    {"next to another",
     "The caller frees it when nobody uses it any more.",
     next_to_another,
     {first_carries, neighbour_counts},
     neighbours_part},
    {"a treasure", "Puts coins that are new to the hoard", NULL, {carry_a_treasure}, NULL},
    {"three hundred chests", "So many empty chests", NULL, {carry_along}, NULL},
    {.name = NULL},
};
