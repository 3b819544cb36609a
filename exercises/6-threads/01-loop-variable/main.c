// `rounds` nights, with a backup of all shards in each. The storage server notes what it is sent.

#include "loop_variable.h"

#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHARDS = 6, PATIENCE_MS = 5000 };

static struct rendezvous all_sessions = RENDEZVOUS(SHARDS);
static atomic_bool one_by_one;    // the sessions were not all open at once
static atomic_int copies[SHARDS]; // of each shard, this night
static atomic_int no_such_shard;  // copies of something else, all nights

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
    else if (shard >= 0 && shard < SHARDS)
        copies[shard]++;
    else
        no_such_shard++;
}

// How many shards have exactly one copy, as they should. The next night begins without any.
static long take_stock(void)
{
    long safe = 0;
    for (int i = 0; i < SHARDS; i++)
        safe += atomic_exchange(&copies[i], 0) == 1;
    return safe;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    long want = rounds * SHARDS, got = 0;
    for (long night = 0; night < rounds; night++) {
        backup(SHARDS);
        got += take_stock();
    }
    printf("want: %ld, got: %ld\n", want, got);
    if (no_such_shard > 0)
        printf("copied %d times: a shard that is not there\n", no_such_shard);
    if (one_by_one)
        printf("the sessions were not opened side by side\n");
    return got == want && no_such_shard == 0 && !one_by_one ? 0 : 1;
}
