// `rounds` elections, with six polling stations each. No station has finished counting before all
// are at it, and the one who asked for the sum has begun to wait for it, or gone ahead without. If all
// is well then, one more election, in a country with very many stations.

#include "no_join.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// LARGER: for so many more stations than there were elections.
enum { STATIONS = 6, LARGER = 15, PATIENCE_MS = 5000 };

static struct rendezvous all_stations;
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

static bool left_early; // the call returned while stations were still counting

static long hold_election(int stations)
{
    static int expected;
    expected += stations;
    long sum = election_count(stations);
    left_early = left_early || finished != expected;
    return sum;
}

static long all_ballots(int stations)
{
    long sum = 0;
    for (int i = 0; i < stations; i++)
        sum += ballots(i);
    return sum;
}

// Whether the elections went well that there were so far.
static bool all_is_well(long want, long got)
{
    return got == want && !one_by_one && !left_early;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 20;
    asleep_watch_me(&caller);

    all_stations = (struct rendezvous)RENDEZVOUS(STATIONS);
    long want = rounds * all_ballots(STATIONS), got = 0;
    for (int election = 0; election < rounds; election++)
        got += hold_election(STATIONS);
    printf("want: %ld, got: %ld\n", want, got);
    if (one_by_one)
        printf("the stations did not count at the same time\n");
    if (left_early)
        printf("the call returned while stations were still counting\n");
    if (!all_is_well(want, got))
        return 1;

    int stations = rounds * LARGER;
    want = all_ballots(stations);
    all_stations = (struct rendezvous)RENDEZVOUS(stations);
    got = hold_election(stations);
    if (!all_is_well(want, got))
        printf("of %d stations: want: %ld, got: %ld\n", stations, want, got);
    return all_is_well(want, got) ? 0 : 1;
}
