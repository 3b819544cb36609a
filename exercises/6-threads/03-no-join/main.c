// `rounds` elections, with six polling stations each. No station has finished counting before all
// are at it, and the one who asked for the sum has begun to wait for it, or gone ahead without.

#define _GNU_SOURCE
#include "no_join.h"

#include <fcntl.h>
#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STATIONS = 6, PATIENCE_MS = 5000, ENOUGH_MS = 5 };

static struct rendezvous all_stations = RENDEZVOUS(STATIONS);
static atomic_bool one_by_one; // the stations did not count at the same time
static atomic_int finished;    // station_count came to its end, so often

static pthread_t caller; // of election_count
static char caller_state[64]; // the file in which the kernel says what that thread is doing

// What the voters of a station have put into its box.
static long ballots(int station)
{
    return 1000 + 11 * station;
}

static long caller_cpu_ms(void)
{
    clockid_t clock;
    struct timespec time;
    pthread_getcpuclockid(caller, &clock);
    clock_gettime(clock, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Whether the caller is off the processor of its own will: it waits for something.
static bool caller_sleeps(void)
{
    char text[512] = "";
    int file = open(caller_state, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return true; // a system that does not tell: do without
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    return length <= 0 || strstr(text, ") S ") != NULL; // "... (name) S ...": sleeping
}

// Waits until the caller has gone to sleep, or computed for so long that it will not.
static void let_the_caller_go_on(void)
{
    long since = caller_cpu_ms();
    while (!caller_sleeps() && caller_cpu_ms() - since < ENOUGH_MS)
        sched_yield();
}

long station_count(int station)
{
    if (!one_by_one && !rendezvous_meet(&all_stations, PATIENCE_MS))
        one_by_one = true;
    if (!one_by_one) {
        if (station == 0)
            let_the_caller_go_on();
        rendezvous_meet(&all_stations, PATIENCE_MS); // the others wait for station 0
    }
    finished++;
    return ballots(station);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    caller = pthread_self();
    snprintf(caller_state, sizeof caller_state, "/proc/self/task/%d/stat", (int)gettid());

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
