// Still wrong: asking the room whether it is closed is using the room.
// Caught by: explore, tsan, helgrind, native

#include "destroyed_lock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct room {
    pthread_mutex_t lock; // guards people and messages
    atomic_bool closed;
    int people;
    long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        pthread_mutex_init(&room->lock, NULL);
        atomic_init(&room->closed, false);
        room->people = 1;
        room->messages = 0;
        room->minutes = minutes;
        room->context = context;
    }
    return room;
}

void room_enter(struct room *room)
{
    pthread_mutex_lock(&room->lock);
    room->people++;
    pthread_mutex_unlock(&room->lock);
}

long room_say(struct room *room)
{
    if (room->closed)
        return 0;
    pthread_mutex_lock(&room->lock);
    long number = ++room->messages;
    pthread_mutex_unlock(&room->lock);
    return number;
}

void room_leave(struct room *room)
{
    if (room->closed)
        return;
    pthread_mutex_lock(&room->lock);
    room->people--;
    pthread_mutex_unlock(&room->lock);
}

void room_close(struct room *room)
{
    room_leave(room);
    room->closed = true;
    room->minutes(room->messages, room->context);
    pthread_mutex_destroy(&room->lock);
    free(room);
}
