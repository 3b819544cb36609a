// neighbours.h, sentence by sentence.

#include "neighbours.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct tram *tram;

// Lamp and door are at places that have no bit in common with those they move to below.
static void drive_out(void)
{
    tram = tram_new();
    tram_set_lamp(tram, 5);
    tram_set_door(tram, 6);
}

static void into_the_depot(unsigned lamp, unsigned door)
{
    scene_expect(tram_lamp(tram) == lamp, "the lamp is as it was set last");
    scene_expect(tram_door(tram) == door, "the door is as it was set last");
    tram_free(tram);
}

static void lamp_to_ten(void)
{
    tram_set_lamp(tram, 10);
}

static void lamp_to_three(void)
{
    tram_set_lamp(tram, 3);
}

static void lamp_off(void)
{
    tram_set_lamp(tram, 0);
}

static void door_to_nine(void)
{
    tram_set_door(tram, 9);
}

static void door_shut(void)
{
    tram_set_door(tram, 0);
}

static void both_have_moved(void)
{
    into_the_depot(10, 9);
}

static void dark_and_shut(void)
{
    into_the_depot(0, 0);
}

// ---- Two trams that have nothing to do with each other ----

static struct tram *uphill, *downhill;

static void drive_uphill(void)
{
    uphill = tram_new();
    EXPECT(tram_lamp(uphill) == 0 && tram_door(uphill) == 0);
    tram_set_lamp(uphill, 5);
}

static void drive_downhill(void)
{
    downhill = tram_new();
    EXPECT(tram_lamp(downhill) == 0 && tram_door(downhill) == 0);
    tram_set_door(downhill, 6);
}

static void each_has_its_own(void)
{
    EXPECT(tram_lamp(uphill) == 5 && tram_door(uphill) == 0);
    EXPECT(tram_lamp(downhill) == 0 && tram_door(downhill) == 6);
    tram_free(uphill);
    tram_free(downhill);
}

// ---- Each looks at its own while the other one moves ----

static unsigned own_lamp, own_door;

static void lamp_to_ten_and_look(void)
{
    lamp_to_ten();
    own_lamp = tram_lamp(tram);
}

static void door_to_nine_and_look(void)
{
    door_to_nine();
    own_door = tram_door(tram);
}

static void each_has_stayed(void)
{
    scene_expect(own_lamp == 10, "the lamp is as it was set");
    scene_expect(own_door == 9, "the door is as it was set");
    both_have_moved();
}

static void lamp_up_and_down(void)
{
    tram_set_lamp(tram, 15);
    EXPECT(tram_lamp(tram) == 15);
    tram_set_lamp(tram, 0);
    EXPECT(tram_lamp(tram) == 0);
}

static void door_wide_open(void)
{
    tram_set_door(tram, 15);
    EXPECT(tram_door(tram) == 15);
}

static void dark_and_wide_open(void)
{
    into_the_depot(0, 15);
}

// ---- A conductor who looks at a part that moves, or that stays ----

static unsigned lamp_seen[2], door_seen[2]; // in this order

static void look_at_lamp_twice(void)
{
    lamp_seen[0] = tram_lamp(tram);
    lamp_seen[1] = tram_lamp(tram);
}

static void look_at_door_twice(void)
{
    door_seen[0] = tram_door(tram);
    door_seen[1] = tram_door(tram);
}

static void lamp_was_old_then_new(void)
{
    scene_expect(lamp_seen[0] == 5 || lamp_seen[0] == 10, "the lamp is as it was before or after");
    scene_expect(lamp_seen[1] == 10 || lamp_seen[1] == lamp_seen[0],
                 "a lamp that has changed does not change back");
    into_the_depot(10, 6);
}

static void door_was_old_then_new(void)
{
    scene_expect(door_seen[0] == 6 || door_seen[0] == 9, "the door is as it was before or after");
    scene_expect(door_seen[1] == 9 || door_seen[1] == door_seen[0],
                 "a door that has moved does not move back");
    into_the_depot(5, 9);
}

static void door_has_not_moved(void)
{
    scene_expect(door_seen[0] == 6 && door_seen[1] == 6, "the door does not move with the lamp");
    into_the_depot(10, 6);
}

static void lamp_has_not_changed(void)
{
    scene_expect(lamp_seen[0] == 5 && lamp_seen[1] == 5, "the lamp does not change with the door");
    into_the_depot(5, 9);
}

// ---- Two drivers at one part ----

static void lamp_is_as_one_has_set_it(void)
{
    unsigned lamp = tram_lamp(tram);
    scene_expect(lamp == 10 || lamp == 3, "the lamp is as one of the two has set it");
    into_the_depot(lamp, 6);
}

static void lamp_is_one_of_two_and_door_moved(void)
{
    unsigned lamp = tram_lamp(tram);
    scene_expect(lamp == 10 || lamp == 3, "the lamp is as one of the two has set it");
    into_the_depot(lamp, 9);
}

static void door_to_twelve(void)
{
    tram_set_door(tram, 12);
}

static void door_is_as_one_has_set_it(void)
{
    unsigned door = tram_door(tram);
    scene_expect(door == 9 || door == 12, "the door is as one of the two has set it");
    into_the_depot(5, door);
}

// ---- A lamp that is turned up and down, and a door that gets its turn ----

enum { TURNS = 5 };

static void turn_lamp(void)
{
    for (unsigned turn = 1; turn <= TURNS; turn++)
        tram_set_lamp(tram, turn);
}

static void both_are_as_set_last(void)
{
    into_the_depot(TURNS, 9);
}

// ---- Every step of both, and more threads than anybody has thought of ----

static void drive_through_all_steps(void)
{
    tram = tram_new();
    for (unsigned lamp = 0; lamp < TRAM_STEPS; lamp++)
        for (unsigned door = 0; door < TRAM_STEPS; door++) {
            tram_set_lamp(tram, lamp);
            tram_set_door(tram, door);
            EXPECT(tram_lamp(tram) == lamp && tram_door(tram) == door);
        }
}

enum { THREADS = 20 };

static void *set_both_and_go(void *unused)
{
    tram_set_lamp(tram, 10);
    EXPECT(tram_lamp(tram) == 10);
    return unused;
}

static void many_set_the_lamp(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, set_both_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- What a tram leaves behind ----

static long allocated_before;

// What is allocated once for all trams is here by now.
static void drive_one_before(void)
{
    drive_out();
    tram_free(tram);
    allocated_before = scene_allocated();
    drive_out();
}

static void nothing_is_left(void)
{
    both_have_moved();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two trams",
     "A dark tram with a closed door",
     NULL,
     {drive_uphill, drive_downhill},
     each_has_its_own},
    {"both at once",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {lamp_to_ten, door_to_nine},
     both_have_moved},
    {"both to nothing",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {lamp_off, door_shut},
     dark_and_shut},
    {"each looks at its own",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {lamp_to_ten_and_look, door_to_nine_and_look},
     each_has_stayed},
    {"up and down",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {lamp_up_and_down, door_wide_open},
     dark_and_wide_open},
    {"the door stays",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {lamp_to_ten, look_at_door_twice},
     door_has_not_moved},
    {"the lamp stays",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {door_to_nine, look_at_lamp_twice},
     lamp_has_not_changed},
    {"the lamp changes",
     "Each part is as it was set last",
     drive_out,
     {lamp_to_ten, look_at_lamp_twice},
     lamp_was_old_then_new},
    {"the door moves",
     "Each part is as it was set last",
     drive_out,
     {door_to_nine, look_at_door_twice},
     door_was_old_then_new},
    {"two at the lamp",
     "Each part is as it was set last",
     drive_out,
     {lamp_to_ten, lamp_to_three},
     lamp_is_as_one_has_set_it},
    {"two at the door",
     "Each part is as it was set last",
     drive_out,
     {door_to_nine, door_to_twelve},
     door_is_as_one_has_set_it},
    {"three drivers",
     "Any thread may call these at any time.",
     drive_out,
     {lamp_to_ten, lamp_to_three, door_to_nine},
     lamp_is_one_of_two_and_door_moved},
    {"many turns",
     "Setting one of the two leaves the other as it is.",
     drive_out,
     {turn_lamp, door_to_nine},
     both_are_as_set_last},
    {"all steps",
     "both go from 0 (dark, closed) to 15",
     drive_through_all_steps,
     {lamp_to_ten, door_to_nine},
     both_have_moved},
    {"many threads",
     "Any thread may call these at any time.",
     drive_out,
     {many_set_the_lamp, door_to_nine},
     both_have_moved},
    {"nothing left",
     "The caller frees it.",
     drive_one_before,
     {lamp_to_ten, door_to_nine},
     nothing_is_left},
    {.name = NULL},
};
