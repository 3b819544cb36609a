// house.h, sentence by sentence, as far as one house goes: the explorer follows no copy.

#include "house.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- A house with two people ----

static int in_there, visits;
static bool in_order[2];

// Whoever is there for a while has others knock meanwhile.
static void stay(void)
{
    in_there++;
    scene_expect(in_there == 1, "whoever is in the bathroom is alone there");
    visits++;
    in_there--;
}

static void tom_goes(void)
{
    in_order[0] = bathroom_use(stay);
}

static void anna_goes(void)
{
    in_order[1] = bathroom_use(stay);
}

static void both_were_there(void)
{
    scene_expect(in_order[0] && in_order[1], "both find the bathroom in order");
    scene_expect(visits == 2, "both use the bathroom once");
}

// ---- One after the other ----

static void go_twice(void)
{
    for (int i = 0; i < 2; i++) {
        EXPECT(bathroom_use(stay));
        scene_expect(visits == i + 1, "the bathroom is used once each time");
    }
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "one twice", .promise = "Returns whether it was in order", .parts = {go_twice}},
    {.name = "both at once",
     .promise = "Waits as long as somebody else is in there.",
     .parts = {tom_goes, anna_goes},
     .end = both_were_there},
    {.name = NULL},
};
