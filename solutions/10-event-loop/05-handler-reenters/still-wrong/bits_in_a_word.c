// Still wrong: promised before the look, and noted in the bits of a word, of which there are 64. A bus comes.
// Caught by: explore

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct hotel {
    int rooms;
    unsigned long promised, taken; // a bit for each room
};

// A guest at the desk, and how far the porter is with him.
struct arrival {
    struct hotel *hotel;
    tell_guest *tell;
    void *guest;
    int room; // the one that the porter has come to
};

struct hotel *hotel_new(int rooms)
{
    struct hotel *hotel = calloc(1, sizeof *hotel);
    if (hotel)
        hotel->rooms = rooms;
    return hotel;
}

void hotel_free(struct hotel *hotel)
{
    free(hotel);
}

static void tell(struct arrival *arrival, int room)
{
    struct arrival told = *arrival;
    free(arrival);
    told.tell(told.guest, room);
}

static void looked(void *data, bool made);

// The next free room, if there is one, is promised to the guest, and the housekeeper is to look at it.
static void find_room(struct arrival *arrival)
{
    struct hotel *hotel = arrival->hotel;
    while (arrival->room < hotel->rooms &&
           (((hotel->promised | hotel->taken) >> arrival->room) & 1))
        arrival->room++;
    if (arrival->room < hotel->rooms) {
        hotel->promised |= (unsigned long)((unsigned long)1 << arrival->room);
        housekeeper_look(arrival->room, looked, arrival);
    } else {
        tell(arrival, NO_ROOM);
    }
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    arrival->hotel->promised &= (unsigned long)~((unsigned long)1 << arrival->room);
    if (made)
        arrival->hotel->taken |= (unsigned long)((unsigned long)1 << arrival->room);
    if (made) {
        tell(arrival, arrival->room);
    } else {
        arrival->room++;
        find_room(arrival);
    }
}

void hotel_arrive(struct hotel *hotel, tell_guest *tell, void *guest)
{
    struct arrival *arrival = malloc(sizeof *arrival);
    *arrival = (struct arrival){hotel, tell, guest, 0};
    find_room(arrival);
}

void hotel_leave(struct hotel *hotel, int room)
{
    hotel->taken &= (unsigned long)~((unsigned long)1 << room);
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += (hotel->taken >> i) & 1;
    return guests;
}
