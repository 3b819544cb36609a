// Still wrong: the messages are counted in one step and the people in the next one; what was said
// in between is not in the minutes.
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
    long messages = room->messages;
    pthread_mutex_unlock(&room->lock);
    pthread_mutex_lock(&room->lock);
    bool last = --room->people == 0;
    pthread_mutex_unlock(&room->lock);

    if (last) {
        room->minutes(messages, room->context);
        pthread_mutex_destroy(&room->lock);
        free(room);
    }
}

void room_close(struct room *room)
{
    room_leave(room);
}
