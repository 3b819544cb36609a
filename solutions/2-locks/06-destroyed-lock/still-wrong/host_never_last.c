// Still wrong: only guests ask whether they are the last; if it is the host, the room never ends.
// Caught by: explore

#include "destroyed_lock.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct room {
    pthread_mutex_t lock; // guards people and messages
    int people;           // the last one to leave takes the room down
    long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        pthread_mutex_init(&room->lock, NULL);
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
    pthread_mutex_lock(&room->lock);
    long number = ++room->messages;
    pthread_mutex_unlock(&room->lock);
    return number;
}

void room_leave(struct room *room)
{
    pthread_mutex_lock(&room->lock);
    bool last = --room->people == 0;
    pthread_mutex_unlock(&room->lock);

    // Nobody else is in there any more, so nobody else can ask for the lock.
    if (last) {
        room->minutes(room->messages, room->context);
        pthread_mutex_destroy(&room->lock);
        free(room);
    }
}

void room_close(struct room *room)
{
    pthread_mutex_lock(&room->lock);
    room->people--;
    pthread_mutex_unlock(&room->lock);
}
