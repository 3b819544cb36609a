// Also right: no third state, but a list of the looks that are under way. A room on it is not offered to
// anybody else.

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct arrival;

struct hotel {
    int rooms;
    struct arrival *under_way;
    bool taken[];
};

// A guest at the desk, and how far the porter is with him.
struct arrival {
    struct hotel *hotel;
    tell_guest *tell;
    void *guest;
    int room; // the one that the porter has come to
    struct arrival *next;
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

static bool looked_at_now(struct hotel *hotel, int room)
{
    for (struct arrival *a = hotel->under_way; a; a = a->next)
        if (a->room == room)
            return true;
    return false;
}

static void strike_out(struct hotel *hotel, struct arrival *arrival)
{
    struct arrival **place = &hotel->under_way;
    while (*place != arrival)
        place = &(*place)->next;
    *place = arrival->next;
}

// The next free room, if there is one, is promised to the guest, and the housekeeper is to look at it.
static void find_room(struct arrival *arrival)
{
    struct hotel *hotel = arrival->hotel;
    while (arrival->room < hotel->rooms &&
           (hotel->taken[arrival->room] || looked_at_now(hotel, arrival->room)))
        arrival->room++;
    if (arrival->room < hotel->rooms) {
        arrival->next = hotel->under_way;
        hotel->under_way = arrival;
        housekeeper_look(arrival->room, looked, arrival);
    } else {
        tell(arrival, NO_ROOM);
    }
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    strike_out(arrival->hotel, arrival);
    arrival->hotel->taken[arrival->room] = made;
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
    *arrival = (struct arrival){hotel, tell, guest, 0, NULL};
    find_room(arrival);
}

void hotel_leave(struct hotel *hotel, int room)
{
    hotel->taken[room] = false;
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += hotel->taken[i];
    return guests;
}
