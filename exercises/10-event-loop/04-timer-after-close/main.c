// An afternoon of `rounds` minutes at a pier with three boats. Each minute one hirer comes who takes a
// boat for a while, if there is one. Some are back early, some late; each should hear his number
// if he is late, on the minute, and nobody else.

#include "pier.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { BOATS = 3 };

static struct hirer {
    int boat;  // NO_BOAT: he is at home
    long due;  // the minute in which his time is up
    long back; // and the one in which he is
    int calls;
} hirers[BOATS]; // no more than there are boats

static struct pier *pier;
static long minute;
static long on_time, too_early, missed, sent_away;

static void hear(void *data, int boat)
{
    struct hirer *hirer = data;
    hirer->calls++;
    if (hirer->boat == boat && hirer->due == minute && hirer->calls == 1)
        on_time++;
    else
        too_early++;
}

static void come_back(struct hirer *hirer)
{
    if (hirer->boat == NO_BOAT || hirer->back != minute)
        return;
    missed += hirer->calls == 0 && hirer->back > hirer->due;
    pier_return(pier, hirer->boat);
    hirer->boat = NO_BOAT;
}

// The next hirer, if there is a boat. How long he pays for and how long he stays differ.
static void set_out(void)
{
    for (int i = 0; i < BOATS; i++) {
        struct hirer *hirer = &hirers[i];
        if (hirer->boat != NO_BOAT)
            continue;
        long paid = 2 + minute % 4, stays = 1 + minute * 7 % 5;
        *hirer = (struct hirer){NO_BOAT, minute + paid, minute + stays, 0};
        hirer->boat = pier_hire(pier, (int)paid, hear, hirer);
        sent_away += hirer->boat == NO_BOAT;
        return;
    }
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1000, late = 0;
    pier = pier_new(BOATS);
    for (int i = 0; i < BOATS; i++)
        hirers[i].boat = NO_BOAT;
    for (minute = 1; minute <= rounds; minute++) {
        pier_minute(pier);
        for (int i = 0; i < BOATS; i++)
            late += hirers[i].boat != NO_BOAT && hirers[i].due == minute;
        for (int i = 0; i < BOATS; i++)
            come_back(&hirers[i]);
        set_out();
    }
    printf("want: %ld called in, got: %ld, and %ld who still had time\n", late, on_time, too_early);
    if (missed > 0)
        printf("%ld are out there and were never called\n", missed);
    if (sent_away > 0)
        printf("%ld were sent away, past a boat\n", sent_away);
    pier_free(pier);
    return on_time == late && too_early == 0 && missed == 0 && sent_away == 0 ? 0 : 1;
}
