// loop_variable.h, sentence by sentence. What the storage server notes here it notes without a lock:
// two copies of one shard race, and so does a copy that nobody waited for.

#include "loop_variable.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls these in place of its own.
extern void (*session_open_in_scene)(void);
extern void (*shard_copy_in_scene)(int shard);

// ---- The storage server ----

enum { MOST = 20 };
static int shards, copies[MOST]; // of each shard

static struct rendezvous all_sessions, all_copies;
static _Thread_local bool has_session; // opened, and not yet used for a copy

static void open_session(void)
{
    scene_expect(!has_session, "each thread opens one session");
    has_session = true;
    scene_expect(rendezvous_meet(&all_sessions, PATIENCE),
                 "all sessions of a backup are opened at the same time");
}

static void copy_shard(int shard)
{
    scene_expect(has_session, "a thread opens a session, and then copies its shard");
    has_session = false;
    scene_expect(0 <= shard && shard < shards, "the shards are numbered 0 ... shards-1");
    copies[shard]++;
}

static void copy_with_the_others(int shard)
{
    copy_shard(shard);
    scene_expect(rendezvous_meet(&all_copies, PATIENCE), "all shards are copied side by side");
}

static void start_server(int number, void (*copy)(int shard))
{
    shards = number;
    all_sessions = (struct rendezvous)RENDEZVOUS(shards);
    all_copies = (struct rendezvous)RENDEZVOUS(shards);
    session_open_in_scene = open_session;
    shard_copy_in_scene = copy;
}

static void back_up(void)
{
    backup(shards);
}

static void each_has_copies(int number)
{
    for (int i = 0; i < shards; i++)
        scene_expect(copies[i] == number, "each backup copies each shard once");
}

static void each_is_copied_once(void)
{
    each_has_copies(1);
}

static void one_shard(void)
{
    start_server(1, copy_shard);
}

static void two_shards(void)
{
    start_server(2, copy_shard);
}

static void three_shards(void)
{
    start_server(3, copy_shard);
}

static void three_shards_side_by_side(void)
{
    start_server(3, copy_with_the_others);
}

static void many_shards(void)
{
    start_server(MOST, copy_shard);
}

// ---- Several nights ----

static void two_nights(void)
{
    back_up();
    each_has_copies(1);
    back_up();
}

static void each_is_copied_twice(void)
{
    each_has_copies(2);
}

// One shard is added from night to night.
static void more_every_night(void)
{
    for (int night = 1; night <= 3; night++) {
        start_server(night, copy_shard);
        back_up();
        scene_expect(copies[night - 1] == 1, "the new shard is copied, too");
    }
}

static void older_ones_have_more_copies(void)
{
    scene_expect(copies[0] == 3 && copies[1] == 2 && copies[2] == 1,
                 "each shard is copied on each night on which it was there");
}

// ---- What a backup leaves behind ----

static long allocated_before;

// What is allocated once for all nights is here by now.
static void back_up_once(void)
{
    two_shards();
    back_up();
    allocated_before = scene_allocated();
}

static void nothing_is_left(void)
{
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
    each_is_copied_twice();
}

const struct scene scenes[] = {
    {"one shard",
     "Copies each of the shards 0 ... shards-1 once",
     one_shard,
     {back_up},
     each_is_copied_once},
    {"two shards", "A thread first opens a session", two_shards, {back_up}, each_is_copied_once},
    {"three shards",
     "which takes until all the other threads of this backup have opened theirs, and then copies its shard",
     three_shards,
     {back_up},
     each_is_copied_once},
    {"three side by side",
     "all of them side by side",
     three_shards_side_by_side,
     {back_up},
     each_is_copied_once},
    {"many shards",
     "Copies each of the shards 0 ... shards-1 once",
     many_shards,
     {back_up},
     each_is_copied_once},
    {"two nights", "returns when that is done", two_shards, {two_nights}, each_is_copied_twice},
    {"more every night",
     "Copies each of the shards 0 ... shards-1 once",
     NULL,
     {more_every_night},
     older_ones_have_more_copies},
    {"nothing left",
     "What it allocates meanwhile it frees.",
     back_up_once,
     {back_up},
     nothing_is_left},
    {.name = NULL},
};
