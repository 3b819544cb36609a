// A theatre that is always sold out. On each of `rounds` evenings two tickets come back, and four
// windows open at the same moment, each a thread that sells until it is told that there is nothing
// left.

#include "ticket_office.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WINDOWS = 4, TICKETS = 2, PATIENCE_MS = 10000 };

struct evening {
    struct office *office;
    atomic_int sold[1 + TICKETS]; // by seat; seat 0 stands for all that do not exist
};

static struct evening *evenings;
static long rounds;
static struct rendezvous opening = RENDEZVOUS(WINDOWS);

static void sell_all(struct evening *evening)
{
    for (int customer = 0; customer <= TICKETS; customer++) {
        int seat = office_sell(evening->office);
        if (seat == 0)
            return;
        bool exists = seat > 0 && seat <= TICKETS;
        atomic_fetch_add_explicit(&evening->sold[exists ? seat : 0], 1, memory_order_relaxed);
    }
}

static void *window(void *unused)
{
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&opening, PATIENCE_MS);
        sell_all(&evenings[i]);
    }
    return NULL;
}

// Whether each seat was sold once, and none is left.
static bool went_well(const struct evening *evening)
{
    bool well = evening->sold[0] == 0 && office_left(evening->office) == 0;
    for (int seat = 1; seat <= TICKETS; seat++)
        well &= evening->sold[seat] == 1;
    return well;
}

// An office for a whole festival, which in a long run has more tickets than 16 bits count, keeps count
// of them and sells seats that there are.
static bool counts_a_festival(void)
{
    int tickets = (int)rounds * 14;
    struct office *office = office_new(tickets);
    bool right = office_left(office) == tickets;
    int first = office_sell(office), second = office_sell(office);
    right = right && 1 <= first && first <= tickets && 1 <= second && second <= tickets &&
            first != second && office_left(office) == tickets - 2;
    office_free(office);
    return right;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 5000;
    if (!counts_a_festival()) {
        printf("an office with %ld tickets must sell two of them, and then have %ld\n", rounds * 14,
               rounds * 14 - 2);
        return 1;
    }
    evenings = calloc((size_t)rounds, sizeof *evenings);
    for (long i = 0; i < rounds; i++)
        evenings[i].office = office_new(TICKETS);

    pthread_t windows[WINDOWS];
    for (int i = 0; i < WINDOWS; i++)
        pthread_create(&windows[i], NULL, window, NULL);
    for (int i = 0; i < WINDOWS; i++)
        pthread_join(windows[i], NULL);

    long well = 0, first_bad = -1;
    for (long i = 0; i < rounds; i++) {
        if (went_well(&evenings[i]))
            well++;
        else if (first_bad < 0)
            first_bad = i;
    }
    printf("want: %ld evenings without a quarrel, got: %ld\n", rounds, well);
    if (first_bad >= 0) {
        struct evening *bad = &evenings[first_bad];
        printf("evening %ld: seat 1 sold %d times, seat 2 %d times, no seat %d times; %d left\n",
               first_bad + 1, bad->sold[1], bad->sold[2], bad->sold[0], office_left(bad->office));
    }

    for (long i = 0; i < rounds; i++)
        office_free(evenings[i].office);
    free(evenings);
    return well == rounds ? 0 : 1;
}
