// Still wrong: two guests see each other, each leaves to the other to turn off the light, and
// nobody does.
// Caught by: explore

#include "destroyed_lock.h"

#include <stdatomic.h>
#include <stdlib.h>

struct room {
    atomic_int people;
    atomic_long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        atomic_init(&room->people, 1);
        atomic_init(&room->messages, 0);
        room->minutes = minutes;
        room->context = context;
    }
    return room;
}

void room_enter(struct room *room)
{
    atomic_fetch_add(&room->people, 1);
}

long room_say(struct room *room)
{
    return atomic_fetch_add(&room->messages, 1) + 1;
}

void room_leave(struct room *room)
{
    if (room->people > 1) {
        room->people--;
        return;
    }
    room->minutes(room->messages, room->context);
    free(room);
}

void room_close(struct room *room)
{
    room_leave(room);
}
