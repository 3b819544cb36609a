// Also right: pencils the guest in. A room belongs to an arrival from the moment it is looked at, and
// to nobody if the bed is not made.

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct arrival;

struct hotel {
    int rooms;
    struct entry {
        const struct arrival *pencilled; // who waits for the look
        bool taken;
    } book[];
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
    struct hotel *hotel = calloc(1, sizeof *hotel + (size_t)rooms * sizeof(struct entry));
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
    for (; arrival->room < hotel->rooms; arrival->room++) {
        struct entry *entry = &hotel->book[arrival->room];
        if (!entry->taken && !entry->pencilled) {
            entry->pencilled = arrival;
            housekeeper_look(arrival->room, looked, arrival);
            return;
        }
    }
    tell(arrival, NO_ROOM);
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    struct entry *entry = &arrival->hotel->book[arrival->room];
    entry->pencilled = NULL;
    entry->taken = made;
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
    hotel->book[room].taken = false;
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += hotel->book[i].taken;
    return guests;
}
