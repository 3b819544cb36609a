// rack.h, sentence by sentence.

#include "rack.h"

#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

// ---- A rack, and coats on it ----

enum { HOOKS_MOST = 70 };

static struct rack *rack;
static int hooks;
static atomic_int coats[HOOKS_MOST];

static void build_rack(int number)
{
    hooks = number;
    for (int i = 0; i < HOOKS_MOST; i++)
        coats[i] = 0;
    rack = rack_new(number);
}

static void build_with_two(void)
{
    build_rack(2);
}

static void build_with_three(void)
{
    build_rack(3);
}

static void build_with_four(void)
{
    build_rack(4);
}

// Hangs up a coat, on a hook that must be free. Returns the hook, or -1.
static int hang_up(void)
{
    int hook = rack_take(rack);
    if (hook == -1)
        return -1;
    scene_expect(hook >= 0 && hook < hooks, "a hook has a number of the rack's");
    int others = atomic_fetch_add_explicit(&coats[hook], 1, memory_order_relaxed);
    scene_expect(others == 0, "a hook that somebody has is nobody else's");
    return hook;
}

static void take_down(int hook)
{
    if (hook == -1)
        return;
    atomic_fetch_sub_explicit(&coats[hook], 1, memory_order_relaxed);
    rack_give_back(rack, hook);
}

// Ends a scene: as many hooks are free as have no coat.
static void close_cloakroom(void)
{
    int taken = 0, given = 0;
    for (int i = 0; i < hooks; i++)
        taken += coats[i];
    while (taken + given < hooks) {
        scene_expect(hang_up() != -1, "a hook without a coat is free");
        given++;
    }
    EXPECT(rack_take(rack) == -1);
    for (int i = 0; i < hooks; i++)
        take_down(i);
    scene_expect(hang_up() != -1, "a hook that was given back is free");
    rack_free(rack);
}

// ---- Guests ----

static int left[3]; // the hooks with the coats of the first, the second and the third guest

static void first_comes(void)
{
    left[0] = hang_up();
}

static void second_comes(void)
{
    left[1] = hang_up();
}

static void third_comes(void)
{
    left[2] = hang_up();
}

static void comes_and_goes(void)
{
    take_down(hang_up());
}

static void all_found_one(void)
{
    scene_expect(left[0] != -1 && left[1] != -1 && left[2] != -1,
                 "there was a hook for each of the three");
    close_cloakroom();
}

static void one_found_none(void)
{
    scene_expect((left[0] == -1) + (left[1] == -1) + (left[2] == -1) == 1,
                 "two hooks are for two of the three");
    close_cloakroom();
}

static void first_found_one(void)
{
    scene_expect(left[0] != -1, "a hook was free, and one is taken");
    close_cloakroom();
}

// ---- What was done while a hook was taken ----

static int
    guests[HOOKS_MOST]; // that the hook has had; whoever has it counts, without any other guard

static void count_oneself(void)
{
    for (int i = 0; i < 2; i++) {
        int hook = rack_take(rack);
        if (hook == -1)
            continue;
        guests[hook]++;
        rack_give_back(rack, hook);
    }
}

static void build_with_one(void)
{
    build_rack(1);
}

// ---- Two coats at once ----

static void two_coats(void)
{
    int coat = hang_up(), umbrella = hang_up();
    take_down(coat);
    left[1] = umbrella;
}

static void three_coats(void)
{
    int coat = hang_up(), umbrella = hang_up();
    left[2] = hang_up();
    take_down(coat);
    left[1] = umbrella;
}

// The last one is put on and taken off again: sixteen changes in all, after which a small number is what it was.
static void a_restless_guest(void)
{
    three_coats();
    for (int i = 0; i < 6; i++)
        take_down(hang_up());
}

static void two_coats_and_away(void)
{
    int coat = hang_up(), umbrella = hang_up();
    take_down(coat);
    take_down(umbrella);
}

static void nobody_has_two(void)
{
    scene_expect(left[0] != -1 && left[0] != left[1], "a hook is taken that nobody else has");
    close_cloakroom();
}

// ---- Never full ----

static int lent;

static void one_is_lent(void)
{
    build_with_two();
    lent = hang_up();
}

// One of the two hooks is free at every moment.
static void first_gives_back_before_it_takes(void)
{
    take_down(lent);
    left[1] = hang_up();
}

static void found_one_at_every_moment(void)
{
    scene_expect(left[0] != -1, "-1 only if none is free");
    close_cloakroom();
}

// ---- Many hooks ----

static void fill_seventy(void)
{
    build_rack(HOOKS_MOST);
    for (int i = 0; i < HOOKS_MOST; i++)
        EXPECT(hang_up() != -1);
    EXPECT(rack_take(rack) == -1);
    for (int i = 0; i < HOOKS_MOST; i += 2)
        take_down(i);
}

static void no_hooks(void)
{
    build_rack(0);
    EXPECT(rack_take(rack) == -1);
    rack_free(rack);
}

// ---- Two racks, and what they leave behind ----

static struct rack *balcony;
static long allocated_before;

// What is allocated once for all racks is here by now.
static void two_racks(void)
{
    build_with_two();
    close_cloakroom();
    allocated_before = scene_allocated();
    build_with_two();
    balcony = rack_new(1);
}

static void balcony_is_used(void)
{
    EXPECT(rack_take(balcony) == 0 && rack_take(balcony) == -1);
    rack_give_back(balcony, 0);
}

static void both_are_closed(void)
{
    rack_free(balcony);
    close_cloakroom();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two coats at once",
     "A hook that somebody has is nobody else's until it is given back.",
     build_with_three,
     {first_comes, two_coats},
     nobody_has_two},
    {"three coats at once",
     "A hook that somebody has is nobody else's until it is given back.",
     build_with_four,
     {first_comes, three_coats},
     nobody_has_two},
    {"a restless guest",
     "A hook that somebody has is nobody else's until it is given back.",
     build_with_four,
     {first_comes, a_restless_guest},
     nobody_has_two},
    {"one counts after the other",
     "who sees what was done while it was taken",
     build_with_one,
     {count_oneself, count_oneself},
     close_cloakroom},
    {"two count at once",
     "who sees what was done while it was taken",
     build_with_two,
     {count_oneself, count_oneself},
     close_cloakroom},
    {"two coats, and away",
     "Takes a free hook",
     build_with_three,
     {first_comes, two_coats_and_away},
     first_found_one},
    {"three come",
     "Takes a free hook",
     build_with_three,
     {first_comes, second_comes, third_comes},
     all_found_one},
    {"two hooks for three",
     "-1 if there is a moment at which none is free",
     build_with_two,
     {first_comes, second_comes, third_comes},
     one_found_none},
    {"one comes and goes",
     "Gives back a hook that was taken; somebody else may take it then.",
     build_with_two,
     {first_comes, comes_and_goes},
     first_found_one},
    {"two come and go",
     "Gives back a hook that was taken",
     build_with_two,
     {comes_and_goes, comes_and_goes},
     close_cloakroom},
    {"never full",
     "-1 if there is a moment at which none is free",
     one_is_lent,
     {first_comes, first_gives_back_before_it_takes},
     found_one_at_every_moment},
    {"seventy hooks", "A rack of so many hooks", NULL, {fill_seventy}, close_cloakroom},
    {"no hooks", "-1 if there is a moment at which none is free", NULL, {no_hooks}, NULL},
    {"two racks",
     "The caller frees it when nobody uses it any more.",
     two_racks,
     {comes_and_goes, balcony_is_used},
     both_are_closed},
    {.name = NULL},
};
