// Still wrong: counts what changes in the book, and begins anew if anything has: in a byte. If 256 things
// have, nothing has.
// Caught by: explore

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct hotel {
    int rooms;
    unsigned char changes; // of what is taken
    bool taken[];
};

// A guest at the desk, and how far the porter is with him.
struct arrival {
    struct hotel *hotel;
    tell_guest *tell;
    void *guest;
    int room;              // the one that the porter has come to
    unsigned char changes; // those that he knows of
};

struct hotel *hotel_new(int rooms)
{
    struct hotel *hotel = calloc(1, sizeof *hotel + (size_t)rooms * sizeof(bool));
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

// The next free room, if there is one; then the housekeeper is to look at it.
static void find_room(struct arrival *arrival)
{
    struct hotel *hotel = arrival->hotel;
    arrival->changes = hotel->changes;
    while (arrival->room < hotel->rooms && hotel->taken[arrival->room])
        arrival->room++;
    if (arrival->room < hotel->rooms)
        housekeeper_look(arrival->room, looked, arrival);
    else
        tell(arrival, NO_ROOM);
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    if (made && arrival->changes != arrival->hotel->changes) {
        arrival->room = 0;
        find_room(arrival);
    } else if (made) {
        arrival->hotel->changes++;
        arrival->hotel->taken[arrival->room] = true;
        tell(arrival, arrival->room);
    } else {
        arrival->room++;
        find_room(arrival);
    }
}

void hotel_arrive(struct hotel *hotel, tell_guest *tell, void *guest)
{
    struct arrival *arrival = malloc(sizeof *arrival);
    *arrival = (struct arrival){hotel, tell, guest, 0, 0};
    find_room(arrival);
}

void hotel_leave(struct hotel *hotel, int room)
{
    hotel->changes++;
    hotel->taken[room] = false;
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += hotel->taken[i];
    return guests;
}
