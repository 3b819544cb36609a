// `rounds` nights in a hotel of three rooms. Four guests come in out of the rain, one right after the
// other, before the housekeeper has climbed a single stair. One bed is not made, so two of them
// sleep here, each alone.

#include "hotel.h"
#include "housekeeper.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOMS = 3, GUESTS = 4, NOT_TOLD = -2 };
enum { LOOKS_ENOUGH = 1000 }; // for four guests to be told of three rooms

static struct guest {
    int told; // how often
    int room;
} guests[GUESTS];

static void note(void *data, int room)
{
    struct guest *guest = data;
    guest->told++;
    guest->room = room;
}

// What happens in the hotel, one thing after the other: this is the event loop.
static void let_happen(struct hotel *hotel)
{
    for (int i = 0; i < GUESTS; i++)
        hotel_arrive(hotel, note, &guests[i]);
    for (int turn = 0; housekeeper_looks() > 0 && turn < LOOKS_ENOUGH; turn++)
        housekeeper_returns(turn % housekeeper_looks());
}

// Whether nobody shares a room or was forgotten; tells of the first night on which it is not so.
static bool all_sleep(long night, int unmade, bool quiet)
{
    int sleepers[ROOMS] = {0}, alone = 0, told = 0;
    for (int i = 0; i < GUESTS; i++) {
        told += guests[i].told == 1;
        if (guests[i].room >= 0 && guests[i].room < ROOMS)
            sleepers[guests[i].room]++;
    }
    for (int i = 0; i < ROOMS; i++)
        alone += sleepers[i] == (i != unmade);
    if (alone == ROOMS && told == GUESTS)
        return true;
    for (int i = 0; i < ROOMS && !quiet; i++)
        printf("night %ld: %d guests in room %d%s\n", night, sleepers[i], i,
               i == unmade ? ", whose bed is not made" : "");
    return false;
}

static bool spend_night(struct hotel *hotel, long night, bool quiet)
{
    int unmade = (int)(night % ROOMS);
    for (int i = 0; i < ROOMS; i++)
        housekeeper_finds(i, i != unmade);
    for (int i = 0; i < GUESTS; i++)
        guests[i] = (struct guest){0, NOT_TOLD};
    let_happen(hotel);
    bool well = all_sleep(night, unmade, quiet);
    for (int i = 0; i < GUESTS; i++)
        if (guests[i].room >= 0)
            hotel_leave(hotel, guests[i].room);
    return well;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1000, well = 0;
    struct hotel *hotel = hotel_new(ROOMS);
    for (long night = 0; night < rounds; night++)
        well += spend_night(hotel, night, well < night);
    printf("want: %ld nights without a quarrel, got: %ld\n", rounds, well);
    hotel_free(hotel);
    return well == rounds ? 0 : 1;
}
