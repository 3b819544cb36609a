// A weather station posts `rounds` bulletins, one after the other. Three boats wait for each of
// them, and two more look at it when it has long been there. The station and the boats are threads.

#include "ready_flag.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAITING = 3, LATE = 2, BOATS = WAITING + LATE, PATIENCE_MS = 10000 };

struct boat {
    bool late;
    long well_informed; // bulletins that it read whole
};

static struct bulletin **bulletins;
static long rounds;
static struct rendezvous next_bulletin = RENDEZVOUS(1 + BOATS), posted = RENDEZVOUS(1 + LATE);

// What is posted in round `i`: no two neighbours have a number in common.
static struct report weather(long i)
{
    struct report report = {(int)(i % 40), 970 + (int)(i % 70), (int)(i % 12), "stormy"};
    if (i % 2 == 1)
        strcpy(report.sky, "fair enough");
    return report;
}

static bool same(const struct report *one, const struct report *other)
{
    return one->celsius == other->celsius && one->hectopascal == other->hectopascal &&
           one->beaufort == other->beaufort && strcmp(one->sky, other->sky) == 0;
}

static void *station(void *unused)
{
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        struct report report = weather(i);
        rendezvous_meet(&next_bulletin, PATIENCE_MS);
        bulletin_post(bulletins[i], &report);
        rendezvous_meet(&posted, PATIENCE_MS);
    }
    return NULL;
}

static void *sail(void *data)
{
    struct boat *boat = data;
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&next_bulletin, PATIENCE_MS);
        if (boat->late)
            rendezvous_meet(&posted, PATIENCE_MS);
        struct report got = bulletin_read(bulletins[i]), want = weather(i);
        boat->well_informed += same(&got, &want);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 2000;
    bulletins = calloc((size_t)rounds, sizeof(struct bulletin *));
    for (long i = 0; i < rounds; i++)
        bulletins[i] = bulletin_new();

    pthread_t station_thread, boat_threads[BOATS];
    struct boat boats[BOATS];
    pthread_create(&station_thread, NULL, station, NULL);
    for (int i = 0; i < BOATS; i++) {
        boats[i] = (struct boat){.late = i >= WAITING};
        pthread_create(&boat_threads[i], NULL, sail, &boats[i]);
    }
    pthread_join(station_thread, NULL);
    for (int i = 0; i < BOATS; i++)
        pthread_join(boat_threads[i], NULL);

    long want = BOATS * rounds, got = 0;
    for (int i = 0; i < BOATS; i++)
        got += boats[i].well_informed;
    printf("want: %ld reports read whole, got: %ld\n", want, got);

    for (long i = 0; i < rounds; i++)
        bulletin_free(bulletins[i]);
    free(bulletins);
    return got == want ? 0 : 1;
}
