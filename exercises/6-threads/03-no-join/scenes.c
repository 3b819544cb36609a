// no_join.h, sentence by sentence. What the stations note here they note without a lock: counting one
// box twice races, and so does a count that nobody waited for.

#include "no_join.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000, A_DAY = 24 * 60 * 60 * 1000 }; // milliseconds, of virtual time

// main.c calls this in place of its own.
extern long (*station_count_in_scene)(int station);

// ---- Polling stations ----

enum { MOST = 20 };
static int stations, counted[MOST]; // how often, by station
static long votes[MOST];            // what is in each ballot box
static long sum;                    // what election_count said

static struct rendezvous all_begin, all_end;
static _Thread_local bool has_counted;

static long count_box(int station)
{
    scene_expect(!has_counted, "each station has a thread of its own");
    has_counted = true;
    scene_expect(0 <= station && station < stations, "the stations are 0 ... stations-1");
    scene_expect(rendezvous_meet(&all_begin, PATIENCE), "all stations count at the same time");
    counted[station]++;
    return votes[station];
}

// Nobody is done before all are.
static long count_to_the_end(int station)
{
    long result = count_box(station);
    scene_expect(rendezvous_meet(&all_end, PATIENCE), "all stations count at the same time");
    return result;
}

// The last village has lost the key to its box, and waits a day for somebody who does not come with
// another one. Whoever waits for the votes for less than that counts without them.
static long count_a_day_later(int station)
{
    struct rendezvous locksmith = RENDEZVOUS(2);
    long result = count_box(station);
    if (station == stations - 1)
        rendezvous_meet(&locksmith, A_DAY);
    return result;
}

static void open_stations(int number, long (*count)(int station))
{
    stations = number;
    all_begin = (struct rendezvous)RENDEZVOUS(stations);
    all_end = (struct rendezvous)RENDEZVOUS(stations);
    station_count_in_scene = count;
    for (int i = 0; i < stations; i++)
        votes[i] = 1000 + 11 * i;
}

// The caller may be one of those who count: once in each election.
static void hold_election(void)
{
    has_counted = false;
    sum = election_count(stations);
}

static long all_votes(void)
{
    long all = 0;
    for (int i = 0; i < stations; i++)
        all += votes[i];
    return all;
}

static void elections_were(int number)
{
    scene_expect(sum == all_votes(), "the sum has all votes in it");
    for (int i = 0; i < stations; i++)
        scene_expect(counted[i] == number, "each station is counted once");
}

static void all_is_counted(void)
{
    elections_were(1);
}

static void open_one(void)
{
    open_stations(1, count_box);
}

static void open_two(void)
{
    open_stations(2, count_box);
}

static void open_three(void)
{
    open_stations(3, count_box);
}

static void open_three_until_all_are_done(void)
{
    open_stations(3, count_to_the_end);
}

static void open_two_one_without_a_key(void)
{
    open_stations(2, count_a_day_later);
}

static void open_many(void)
{
    open_stations(MOST, count_box);
}

// ---- Votes of every kind: none of them means "not yet" ----

static void open_two_where_nobody_votes(void)
{
    open_two();
    votes[0] = votes[1] = 0;
}

static void open_two_where_one_is_annulled(void)
{
    open_two();
    votes[0] = -1;
    votes[1] = 5;
}

static void open_two_in_a_large_country(void)
{
    open_two();
    votes[0] = LONG_MAX / 2;
    votes[1] = LONG_MAX / 2;
}

// ---- Two elections ----

static void hold_two(void)
{
    hold_election();
    elections_were(1);
    votes[0] += 5;
    hold_election();
}

static void both_are_counted(void)
{
    elections_were(2);
}

// ---- What an election leaves behind ----

static long allocated_before;

// What is allocated once for all elections is here by now.
static void hold_one(void)
{
    open_two();
    hold_election();
    allocated_before = scene_allocated();
}

static void nothing_is_left(void)
{
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
    both_are_counted();
}

const struct scene scenes[] = {
    {"one station",
     "The sum over the stations 0 ... stations-1",
     open_one,
     {hold_election},
     all_is_counted},
    {"two stations",
     "Every thread is done when the call returns.",
     open_two,
     {hold_election},
     all_is_counted},
    {"three stations",
     "each counted once and all at the same time",
     open_three,
     {hold_election},
     all_is_counted},
    {"three until all are done",
     "Takes its time.",
     open_three_until_all_are_done,
     {hold_election},
     all_is_counted},
    {"the lost key",
     "Takes its time.",
     open_two_one_without_a_key,
     {hold_election},
     all_is_counted},
    {"many stations", "by a thread of its own", open_many, {hold_election}, all_is_counted},
    {"nobody votes",
     "Counts the votes in one polling station",
     open_two_where_nobody_votes,
     {hold_election},
     all_is_counted},
    {"votes annulled",
     "Counts the votes in one polling station",
     open_two_where_one_is_annulled,
     {hold_election},
     all_is_counted},
    {"a large country",
     "The sum over the stations",
     open_two_in_a_large_country,
     {hold_election},
     all_is_counted},
    {"two elections",
     "Every thread is done when the call returns.",
     open_two,
     {hold_two},
     both_are_counted},
    {"nothing left",
     "what was allocated for it is freed",
     hold_one,
     {hold_election},
     nothing_is_left},
    {.name = NULL},
};
