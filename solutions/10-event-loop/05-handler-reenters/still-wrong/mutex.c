// Still wrong: a mutex around the question and around the entry. There was never anybody else to keep
// out.
// Caught by: explore, native

#include "hotel.h"

#include "housekeeper.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct hotel {
    pthread_mutex_t lock;
    int rooms;
    bool taken[];
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
    pthread_mutex_init(&hotel->lock, NULL);
    return hotel;
}

void hotel_free(struct hotel *hotel)
{
    if (hotel)
        pthread_mutex_destroy(&hotel->lock);
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
    pthread_mutex_lock(&hotel->lock);
    while (arrival->room < hotel->rooms && hotel->taken[arrival->room])
        arrival->room++;
    pthread_mutex_unlock(&hotel->lock);
    if (arrival->room < hotel->rooms)
        housekeeper_look(arrival->room, looked, arrival);
    else
        tell(arrival, NO_ROOM);
}

// The housekeeper is back from the room.
static void looked(void *data, bool made)
{
    struct arrival *arrival = data;
    if (made) {
        pthread_mutex_lock(&arrival->hotel->lock);
        arrival->hotel->taken[arrival->room] = true;
        pthread_mutex_unlock(&arrival->hotel->lock);
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
    pthread_mutex_lock(&hotel->lock);
    hotel->taken[room] = false;
    pthread_mutex_unlock(&hotel->lock);
}

int hotel_guests(const struct hotel *hotel)
{
    int guests = 0;
    for (int i = 0; i < hotel->rooms; i++)
        guests += hotel->taken[i];
    return guests;
}
