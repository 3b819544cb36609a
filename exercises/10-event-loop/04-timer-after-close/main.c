// An afternoon of `rounds` minutes at a pier with three boats. Each minute one hirer comes who takes a
// boat for a while, if there is one. Some are back early, some late; each should hear his number
// if he is late, on the minute, and nobody else.
//
// Then a summer of as many minutes at a pier with one boat, which goes out again and again; SUMMER at the
// most, for then it has been out more often than 16 bits can count.

#include "pier.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { BOATS = 3 };
enum { IN_A_MINUTE = 8, SUMMER = 65536 / IN_A_MINUTE }; // hires; minutes

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

static void hear_in_summer(void *calls, int boat)
{
    (void)boat;
    ++*(int *)calls;
}

// The first hirer pays for the whole summer, and is back at once; so are all after him, who pay for a
// minute. The last one has the boat all winter. Returns how many were called in: nobody should be.
static int spend_summer(int minutes)
{
    int calls = 0;
    struct pier *small = pier_new(1);
    pier_return(small, pier_hire(small, minutes + 1, hear_in_summer, &calls));
    for (int i = 1; i < minutes * IN_A_MINUTE; i++) {
        pier_return(small, pier_hire(small, 1, hear_in_summer, &calls));
        if (i % IN_A_MINUTE == 0)
            pier_minute(small);
    }
    pier_hire(small, minutes, hear_in_summer, &calls);
    for (int i = 1; i < minutes; i++)
        pier_minute(small);
    pier_free(small);
    return calls;
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
    int in_summer = spend_summer(rounds < SUMMER ? (int)rounds : SUMMER);
    if (in_summer > 0)
        printf("after a summer in which all were back at once, %d were called in\n", in_summer);
    pier_free(pier);
    bool right = on_time == late && too_early == 0 && missed == 0 && sent_away == 0;
    return right && in_summer == 0 ? 0 : 1;
}
