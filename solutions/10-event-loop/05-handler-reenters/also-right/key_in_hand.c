// Also right: keys on a board. The porter takes a key off before he sends the housekeeper up; what is
// in his hand cannot be given to another guest. A key to a bed that is not made he hangs back.

#include "hotel.h"

#include "housekeeper.h"

#include <stdbool.h>
#include <stdlib.h>

struct hotel {
    int rooms;
    int guests;
    bool key[]; // hangs on the board
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
    struct hotel *hotel = calloc(1, sizeof *hotel + (size_t)rooms * sizeof(bool));
    if (!hotel)
        return NULL;
    hotel->rooms = rooms;
    for (int i = 0; i < rooms; i++)
        hotel->key[i] = true;
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
    while (arrival->room < hotel->rooms && !hotel->key[arrival->room])
        arrival->room++;
    if (arrival->room == hotel->rooms) {
        tell(arrival, NO_ROOM);
        return;
    }
    hotel->key[arrival->room] = false;
    housekeeper_look(arrival->room, looked, arrival);
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    if (made) {
        arrival->hotel->guests++;
        tell(arrival, arrival->room);
    } else {
        arrival->hotel->key[arrival->room++] = true;
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
    hotel->guests--;
    hotel->key[room] = true;
}

int hotel_guests(const struct hotel *hotel)
{
    return hotel->guests;
}
