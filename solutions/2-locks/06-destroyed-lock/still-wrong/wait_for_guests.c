// Still wrong: nobody uses a destroyed lock any more, because the host may not go to bed.
// Caught by: explore, tsan, helgrind, native

#include "destroyed_lock.h"

#include <pthread.h>
#include <stdlib.h>

struct room {
    pthread_mutex_t lock; // guards people and messages
    pthread_cond_t alone; // people became 1
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
        pthread_cond_init(&room->alone, NULL);
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
    if (--room->people == 1)
        pthread_cond_signal(&room->alone);
    pthread_mutex_unlock(&room->lock);
}

void room_close(struct room *room)
{
    pthread_mutex_lock(&room->lock);
    while (room->people > 1)
        pthread_cond_wait(&room->alone, &room->lock);
    pthread_mutex_unlock(&room->lock);

    room->minutes(room->messages, room->context);
    pthread_cond_destroy(&room->alone);
    pthread_mutex_destroy(&room->lock);
    free(room);
}
