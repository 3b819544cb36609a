// pier.h, sentence by sentence. One thread does all of it; what differs is who comes back when.

#include "pier.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- A pier, and hirers who hear their number ----

static struct pier *pier;

static struct hirer {
    int boat;
    int calls; // that he has heard
} anna, bert, cleo;

static void hear(void *data, int boat)
{
    struct hirer *hirer = data;
    scene_expect(boat == hirer->boat, "who is called in hears the number of his own boat");
    hirer->calls++;
}

static void open_pier(int boats)
{
    pier = pier_new(boats);
    anna = bert = cleo = (struct hirer){NO_BOAT, 0};
}

static void hire(struct hirer *hirer, int minutes)
{
    hirer->boat = pier_hire(pier, minutes, hear, hirer);
}

static void minutes_pass(int minutes)
{
    for (int i = 0; i < minutes; i++)
        pier_minute(pier);
}

static void close_pier(void)
{
    pier_free(pier);
}

static void never_called(const struct hirer *hirer)
{
    scene_expect(hirer->calls == 0, "nobody is called in who has time left, or is back");
}

// Is called in by the next minute, and by no other one.
static void called_in_next(const struct hirer *hirer)
{
    never_called(hirer);
    pier_minute(pier);
    scene_expect(hirer->calls == 1, "a hirer is called in when his time is up");
    minutes_pass(20);
    scene_expect(hirer->calls == 1, "a hirer is called in once");
}

// ---- One boat ----

static void out_too_long(void)
{
    open_pier(1);
    hire(&anna, 3);
    scene_expect(anna.boat == 0, "there is a boat to hire");
    minutes_pass(2);
    called_in_next(&anna);
    close_pier();
}

static void for_a_minute(void)
{
    open_pier(1);
    minutes_pass(5);
    hire(&anna, 1);
    called_in_next(&anna);
    close_pier();
}

enum { A_DAY = 24 * 60 };

static void for_a_day(void)
{
    open_pier(1);
    hire(&anna, A_DAY);
    minutes_pass(A_DAY - 1);
    called_in_next(&anna);
    close_pier();
}

enum { LEAST_BITS = 8, MOST_BITS = 30 }; // of a number of minutes

// Someone who pays for a minute more than fits into a small number is not called in after that minute.
static void for_very_long(void)
{
    open_pier(1);
    for (int bits = LEAST_BITS; bits <= MOST_BITS; bits++) {
        hire(&anna, (1 << bits) + 1);
        minutes_pass(1);
        never_called(&anna);
        pier_return(pier, anna.boat);
    }
    close_pier();
}

static void back_early(void)
{
    open_pier(1);
    hire(&anna, 3);
    minutes_pass(2);
    pier_return(pier, anna.boat);
    minutes_pass(20);
    never_called(&anna);
    close_pier();
}

static void back_early_and_out_again(void)
{
    open_pier(1);
    hire(&anna, 3);
    minutes_pass(1);
    pier_return(pier, anna.boat);
    hire(&bert, 5);
    scene_expect(bert.boat == 0, "a boat that is back can be hired again");
    minutes_pass(4);
    never_called(&anna);
    called_in_next(&bert);
    never_called(&anna);
    close_pier();
}

static void out_again_for_less(void)
{
    open_pier(1);
    hire(&anna, 9);
    pier_return(pier, anna.boat);
    hire(&bert, 2);
    minutes_pass(1);
    called_in_next(&bert);
    never_called(&anna);
    close_pier();
}

static void until_the_same_minute(void)
{
    open_pier(1);
    hire(&anna, 4);
    minutes_pass(1);
    pier_return(pier, anna.boat);
    hire(&bert, 3);
    minutes_pass(2);
    called_in_next(&bert);
    never_called(&anna);
    close_pier();
}

static void same_hirer_again(void)
{
    open_pier(1);
    hire(&anna, 3);
    minutes_pass(1);
    pier_return(pier, anna.boat);
    hire(&anna, 6);
    minutes_pass(5);
    called_in_next(&anna);
    close_pier();
}

// The boat comes back at once, time after time, before Bert has it.
static void after_many(int hires)
{
    open_pier(1);
    for (int i = 0; i < hires; i++) {
        hire(&anna, 2);
        scene_expect(anna.boat == 0, "there is a boat to hire");
        pier_return(pier, anna.boat);
    }
    hire(&bert, 6);
    minutes_pass(5);
    never_called(&anna);
    called_in_next(&bert);
    close_pier();
}

static void after_two(void)
{
    after_many(2);
}

static void after_256(void)
{
    after_many(256);
}

static void back_late(void)
{
    open_pier(1);
    hire(&anna, 1);
    called_in_next(&anna);
    pier_return(pier, anna.boat);
    hire(&bert, 2);
    scene_expect(bert.boat == 0, "a boat that is back can be hired again");
    minutes_pass(1);
    called_in_next(&bert);
    scene_expect(anna.calls == 1, "a hirer is called in once");
    close_pier();
}

// ---- Several boats ----

static void all_are_out(void)
{
    open_pier(2);
    hire(&anna, 5);
    hire(&bert, 5);
    scene_expect(anna.boat + bert.boat == 1, "each hirer has a boat of his own");
    hire(&cleo, 5);
    scene_expect(cleo.boat == NO_BOAT, "nobody is given a boat that is out");
    pier_return(pier, bert.boat);
    hire(&cleo, 7);
    scene_expect(cleo.boat == bert.boat, "a boat that is back can be hired again");
    minutes_pass(4);
    called_in_next(&anna);
    scene_expect(cleo.calls == 1, "a hirer is called in when his time is up");
    never_called(&bert);
    close_pier();
}

static void both_at_once(void)
{
    open_pier(2);
    hire(&anna, 2);
    minutes_pass(1);
    hire(&bert, 1);
    called_in_next(&anna);
    scene_expect(bert.calls == 1, "a hirer is called in when his time is up");
    close_pier();
}

static void hear_with_child(void *calls, int boat)
{
    ((int *)calls)[boat]++;
}

// One hirer pays for two boats until the same minute, and is back with one of them.
static void a_boat_for_the_child(void)
{
    int calls[2] = {0, 0};
    open_pier(2);
    int first = pier_hire(pier, 2, hear_with_child, calls);
    int second = pier_hire(pier, 2, hear_with_child, calls);
    pier_return(pier, first);
    minutes_pass(2);
    scene_expect(calls[first] == 0, "nobody is called in who has time left, or is back");
    scene_expect(calls[second] == 1, "a hirer is called in when his time is up");
    close_pier();
}

static void no_boats(void)
{
    open_pier(0);
    hire(&anna, 1);
    scene_expect(anna.boat == NO_BOAT, "there is no boat to hire");
    minutes_pass(5);
    never_called(&anna);
    close_pier();
}

// ---- Hirers who call the pier when they hear their number ----

static void come_back(void *data, int boat)
{
    hear(data, boat);
    pier_return(pier, boat);
}

static void obeys(void)
{
    open_pier(1);
    anna.boat = pier_hire(pier, 1, come_back, &anna);
    called_in_next(&anna);
    hire(&bert, 1);
    scene_expect(bert.boat == 0, "a boat that is back can be hired again");
    called_in_next(&bert);
    close_pier();
}

// Anna and Bert are a pair: whoever is called first brings both boats back.
static void come_back_together(void *data, int boat)
{
    come_back(data, boat);
    pier_return(pier, data == &anna ? bert.boat : anna.boat);
}

static void a_pair(void)
{
    open_pier(3);
    hire(&cleo, 2);
    anna.boat = pier_hire(pier, 2, come_back_together, &anna);
    bert.boat = pier_hire(pier, 2, come_back_together, &bert);
    minutes_pass(1);
    never_called(&anna);
    called_in_next(&cleo);
    scene_expect(anna.calls + bert.calls == 1, "nobody calls in who is back");
    close_pier();
}

static void pay_for_more(void *data, int boat)
{
    come_back(data, boat);
    hire(&cleo, 1);
}

static void one_more_minute(void)
{
    open_pier(2);
    anna.boat = pier_hire(pier, 2, pay_for_more, &anna);
    hire(&bert, 2);
    minutes_pass(1);
    pier_minute(pier);
    scene_expect(anna.calls == 1 && bert.calls == 1,
                 "both hirers are called in when their time is up");
    called_in_next(&cleo);
    close_pier();
}

static void meet_a_friend(void *data, int boat)
{
    hear(data, boat);
    hire(&cleo, 1);
}

static void a_friend_sets_out(void)
{
    open_pier(3);
    anna.boat = pier_hire(pier, 1, meet_a_friend, &anna);
    hire(&bert, 4);
    pier_minute(pier);
    scene_expect(anna.calls == 1 && cleo.boat == 2,
                 "a boat can be hired while somebody is called in");
    called_in_next(&cleo);
    scene_expect(bert.calls == 1, "a hirer is called in when his time is up");
    close_pier();
}

// ---- Two piers, and what they leave behind ----

static void two_piers(void)
{
    open_pier(1);
    struct pier *other = pier_new(1);
    hire(&anna, 3);
    bert.boat = pier_hire(other, 2, hear, &bert);
    scene_expect(anna.boat == 0 && bert.boat == 0, "each pier has its own boats");
    minutes_pass(1);
    pier_minute(other);
    never_called(&bert);
    minutes_pass(1);
    never_called(&anna);
    pier_minute(other);
    scene_expect(bert.calls == 1, "a hirer is called in when his time is up");
    called_in_next(&anna);
    pier_free(other);
    close_pier();
}

static void an_afternoon(void)
{
    open_pier(2);
    hire(&anna, 2);
    minutes_pass(1);
    pier_return(pier, anna.boat);
    hire(&anna, 4);
    hire(&bert, 1);
    minutes_pass(2);
    close_pier();
}

static void nothing_stays(void)
{
    an_afternoon();
    long before = scene_allocated();
    an_afternoon();
    scene_expect(scene_allocated() == before, "nothing stays allocated");
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "out too long",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {out_too_long}},
    {.name = "for a minute", .promise = "for some minutes, at least one", .parts = {for_a_minute}},
    {.name = "for a day",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {for_a_day}},
    {.name = "for very long",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {for_very_long}},
    {.name = "back early", .promise = "Nobody calls in whoever had it.", .parts = {back_early}},
    {.name = "back early, and out again",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {back_early_and_out_again}},
    {.name = "out again for less",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {out_again_for_less}},
    {.name = "until the same minute",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {until_the_same_minute}},
    {.name = "the same hirer again",
     .promise = "its hirer is called in: once, not earlier and not later",
     .parts = {same_hirer_again}},
    {.name = "two were here before",
     .promise = "Nobody calls in whoever had it.",
     .parts = {after_two}},
    {.name = "256 were here before",
     .promise = "Nobody calls in whoever had it.",
     .parts = {after_256}},
    {.name = "back late",
     .promise = "A boat comes back, whether its time is up or not.",
     .parts = {back_late}},
    {.name = "all are out", .promise = "NO_BOAT if all are out", .parts = {all_are_out}},
    {.name = "both at once",
     .promise = "calls in everybody whose time is up now",
     .parts = {both_at_once}},
    {.name = "a boat for the child",
     .promise = "Nobody calls in whoever had it.",
     .parts = {a_boat_for_the_child}},
    {.name = "no boats", .promise = "NO_BOAT if all are out", .parts = {no_boats}},
    {.name = "a hirer who obeys",
     .promise = "May call pier_hire and pier_return.",
     .parts = {obeys}},
    {.name = "a pair comes back",
     .promise = "May call pier_hire and pier_return.",
     .parts = {a_pair}},
    {.name = "one more minute",
     .promise = "May call pier_hire and pier_return.",
     .parts = {one_more_minute}},
    {.name = "a friend sets out",
     .promise = "May call pier_hire and pier_return.",
     .parts = {a_friend_sets_out}},
    {.name = "two piers",
     .promise = "A pier with so many boats, numbered from 0, all of them there",
     .parts = {two_piers}},
    {.name = "nothing stays allocated", .promise = "The caller frees it", .parts = {nothing_stays}},
    {.name = NULL},
};
