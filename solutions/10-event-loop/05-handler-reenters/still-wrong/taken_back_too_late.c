// Still wrong: promised before the look, and the promise is taken back at the end of the function. Before
// that the guest is told, and his friend asks for the room.
// Caught by: explore

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct hotel {
    int rooms;
    enum { FREE, PROMISED, TAKEN } room[]; // promised: until the housekeeper has looked
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
    struct hotel *hotel = calloc(1, sizeof *hotel + (size_t)rooms * sizeof hotel->room[0]);
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
    while (arrival->room < hotel->rooms && hotel->room[arrival->room] != FREE)
        arrival->room++;
    if (arrival->room < hotel->rooms) {
        hotel->room[arrival->room] = PROMISED;
        housekeeper_look(arrival->room, looked, arrival);
    } else {
        tell(arrival, NO_ROOM);
    }
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    struct hotel *hotel = arrival->hotel;
    int room = arrival->room;
    if (made) {
        hotel->room[room] = TAKEN;
        tell(arrival, arrival->room);
    } else {
        arrival->room++;
        find_room(arrival);
        hotel->room[room] = FREE;
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
    hotel->room[room] = FREE;
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += hotel->room[i] == TAKEN;
    return guests;
}
