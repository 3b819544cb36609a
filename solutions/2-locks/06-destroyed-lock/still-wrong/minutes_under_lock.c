// Still wrong: one lock for all rooms, still held while minutes are written: who leaves another
// room waits for them.
// Caught by: explore

#include "destroyed_lock.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

static pthread_mutex_t rooms = PTHREAD_MUTEX_INITIALIZER; // guards people and messages of all

struct room {
    int people;
    long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        room->people = 1;
        room->messages = 0;
        room->minutes = minutes;
        room->context = context;
    }
    return room;
}

void room_enter(struct room *room)
{
    pthread_mutex_lock(&rooms);
    room->people++;
    pthread_mutex_unlock(&rooms);
}

long room_say(struct room *room)
{
    pthread_mutex_lock(&rooms);
    long number = ++room->messages;
    pthread_mutex_unlock(&rooms);
    return number;
}

void room_leave(struct room *room)
{
    pthread_mutex_lock(&rooms);
    if (--room->people == 0) {
        room->minutes(room->messages, room->context);
        free(room);
    }
    pthread_mutex_unlock(&rooms);
}

void room_close(struct room *room)
{
    room_leave(room);
}
