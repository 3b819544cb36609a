// `rounds` elections, with six polling stations each. No station has finished counting before all
// are at it, and the one who asked for the sum has begun to wait for it, or gone ahead without.

#include "no_join.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { STATIONS = 6, PATIENCE_MS = 5000 };

static struct rendezvous all_stations = RENDEZVOUS(STATIONS);
static atomic_bool one_by_one; // the stations did not count at the same time
static atomic_int finished;    // station_count came to its end, so often

static struct watched caller; // of election_count

// What the voters of a station have put into its box.
static long ballots(int station)
{
    return 1000 + 11 * station;
}

// The ballot boxes of a scene (scenes.c); NULL in this program.
long (*station_count_in_scene)(int station);

long station_count(int station)
{
    if (station_count_in_scene)
        return station_count_in_scene(station);
    if (!one_by_one && !rendezvous_meet(&all_stations, PATIENCE_MS))
        one_by_one = true;
    if (!one_by_one) {
        if (station == 0)
            asleep_or_busy(&caller);                 // it waits for us, or goes on without
        rendezvous_meet(&all_stations, PATIENCE_MS); // the others wait for station 0
    }
    finished++;
    return ballots(station);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    asleep_watch_me(&caller);

    long want = 0, got = 0;
    bool left_early = false;
    for (long election = 0; election < rounds; election++) {
        for (int i = 0; i < STATIONS; i++)
            want += ballots(i);
        got += election_count(STATIONS);
        left_early = left_early || finished != (election + 1) * STATIONS;
    }
    printf("want: %ld, got: %ld\n", want, got);
    if (one_by_one)
        printf("the stations did not count at the same time\n");
    if (left_early)
        printf("the call returned while stations were still counting\n");
    return got == want && !one_by_one && !left_early ? 0 : 1;
}
