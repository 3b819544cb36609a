// Also right: the mutex of C11; who comes to zero takes the room down, and a function says so.

#include "destroyed_lock.h"

#include <stdlib.h>
#include <threads.h>

struct room {
    mtx_t lock; // guards people and messages
    int people;
    long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        mtx_init(&room->lock, mtx_plain);
        room->people = 1;
        room->messages = 0;
        room->minutes = minutes;
        room->context = context;
    }
    return room;
}

void room_enter(struct room *room)
{
    mtx_lock(&room->lock);
    room->people++;
    mtx_unlock(&room->lock);
}

long room_say(struct room *room)
{
    mtx_lock(&room->lock);
    long number = ++room->messages;
    mtx_unlock(&room->lock);
    return number;
}

// Takes one off and returns how many are left: once it was 0, nobody can call any more.
static int people_left(struct room *room)
{
    mtx_lock(&room->lock);
    int people = --room->people;
    mtx_unlock(&room->lock);
    return people;
}

static void end(struct room *room)
{
    room->minutes(room->messages, room->context);
    mtx_destroy(&room->lock);
    free(room);
}

void room_leave(struct room *room)
{
    if (people_left(room) == 0)
        end(room);
}

void room_close(struct room *room)
{
    room_leave(room);
}
