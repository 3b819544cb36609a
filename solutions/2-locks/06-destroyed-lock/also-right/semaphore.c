// Also right: a semaphore with one permit for a lock; it too must outlive everybody who may wait
// for it.

#include "destroyed_lock.h"

#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>

struct room {
    sem_t permit; // whoever holds it may touch people and messages
    int people;
    long messages;
    room_minutes *minutes;
    void *context;
};

struct room *room_new(room_minutes *minutes, void *context)
{
    struct room *room = malloc(sizeof *room);
    if (room) {
        sem_init(&room->permit, 0, 1);
        room->people = 1;
        room->messages = 0;
        room->minutes = minutes;
        room->context = context;
    }
    return room;
}

void room_enter(struct room *room)
{
    sem_wait(&room->permit);
    room->people++;
    sem_post(&room->permit);
}

long room_say(struct room *room)
{
    sem_wait(&room->permit);
    long number = ++room->messages;
    sem_post(&room->permit);
    return number;
}

void room_leave(struct room *room)
{
    sem_wait(&room->permit);
    bool last = --room->people == 0;
    sem_post(&room->permit);

    // Nobody else is in there any more, so nobody else can ask for the lock.
    if (last) {
        room->minutes(room->messages, room->context);
        sem_destroy(&room->permit);
        free(room);
    }
}

void room_close(struct room *room)
{
    room_leave(room);
}
