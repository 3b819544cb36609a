// Still wrong: a robust mutex is given to the next one when its owner has died. Tom has not; he is just not here.
// Caught by: native

#include "house.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door; // guards water_runs
static bool water_runs;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void hang_door(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&door, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

static void lock_door(void)
{
    pthread_once(&once, hang_door);
    if (pthread_mutex_lock(&door) != EOWNERDEAD)
        return;
    water_runs = false;
    pthread_mutex_consistent(&door);
}

bool bathroom_use(void (*inside)(void))
{
    lock_door();
    bool in_order = !water_runs;
    if (in_order) {
        water_runs = true;
        inside();
        water_runs = false;
    }
    pthread_mutex_unlock(&door);
    return in_order;
}

pid_t house_copy(int (*life)(void))
{
    pid_t copy = fork();
    if (copy == 0)
        _exit(life());
    return copy;
}
