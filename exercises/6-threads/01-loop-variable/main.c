// `rounds` nights, with a backup of all shards in each. The storage server notes what it is sent. If all
// is well then, one night more: the company has grown, and has very many shards.

#include "loop_variable.h"

#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// GROWTH: for so many more shards than there were nights.
enum { SHARDS = 6, GROWTH = 15, PATIENCE_MS = 5000 };

static long shards; // that there are
static struct rendezvous all_sessions;
static atomic_bool one_by_one;   // the sessions were not all open at once
static atomic_int *copies;       // of each shard, this night
static atomic_int no_such_shard; // copies of something else, all nights

// The storage server of a scene (scenes.c); NULL in this program.
void (*session_open_in_scene)(void);
void (*shard_copy_in_scene)(int shard);

void session_open(void)
{
    if (session_open_in_scene) {
        session_open_in_scene();
        return;
    }
    if (!one_by_one && !rendezvous_meet(&all_sessions, PATIENCE_MS))
        one_by_one = true;
}

void shard_copy(int shard)
{
    if (shard_copy_in_scene)
        shard_copy_in_scene(shard);
    else if (shard >= 0 && shard < shards)
        copies[shard]++;
    else
        no_such_shard++;
}

static void open_store(long number)
{
    shards = number;
    all_sessions = (struct rendezvous)RENDEZVOUS((int)number);
}

// How many shards have exactly one copy, as they should. The next night begins without any.
static long take_stock(void)
{
    long safe = 0;
    for (long i = 0; i < shards; i++)
        safe += atomic_exchange(&copies[i], 0) == 1;
    return safe;
}

// Whether the nights went well that there were so far.
static bool all_is_well(long want, long got)
{
    return got == want && no_such_shard == 0 && !one_by_one;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    long want = rounds * SHARDS, got = 0;
    copies = calloc(SHARDS + rounds * GROWTH, sizeof *copies);
    if (!copies)
        return 2;
    open_store(SHARDS);
    for (long night = 0; night < rounds; night++) {
        backup(SHARDS);
        got += take_stock();
    }
    printf("want: %ld, got: %ld\n", want, got);
    if (no_such_shard > 0)
        printf("copied %d times: a shard that is not there\n", no_such_shard);
    if (one_by_one)
        printf("the sessions were not opened side by side\n");
    if (!all_is_well(want, got))
        return 1;

    want = rounds * GROWTH;
    open_store(want);
    backup((int)want);
    got = take_stock();
    if (!all_is_well(want, got))
        printf("of %ld shards: want: %ld copied once, got: %ld\n", want, want, got);
    return all_is_well(want, got) ? 0 : 1;
}
