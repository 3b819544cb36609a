// Also right: the copy gets a new lock, and whatever was left in the middle is put in order there before life goes
// on. This is possible where one knows what in order means without asking those who were at it.

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static struct bathroom {
    pthread_mutex_t door; // guards water_runs
    bool water_runs;
} rooms[2] = {{.door = PTHREAD_MUTEX_INITIALIZER}, {.door = PTHREAD_MUTEX_INITIALIZER}};

static struct bathroom *room = &rooms[0]; // the other one in a copy: nobody has ever been there

bool bathroom_use(void (*inside)(void))
{
    pthread_mutex_lock(&room->door);
    bool in_order = !room->water_runs;
    if (in_order) {
        room->water_runs = true;
        inside();
        room->water_runs = false;
    }
    pthread_mutex_unlock(&room->door);
    return in_order;
}

pid_t house_copy(int (*life)(void))
{
    pid_t copy = fork();
    if (copy == 0) {
        room = &rooms[1];
        _exit(life());
    }
    return copy;
}
