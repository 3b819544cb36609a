// Still wrong: a mutex that checks who opens it. It knows its owner by the number of the thread; and who made the copy
// has another number there, so that it does not open for her.
// Caught by: native

#define _GNU_SOURCE
#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP; // guards water_runs
static bool water_runs;

bool bathroom_use(void (*inside)(void))
{
    pthread_mutex_lock(&door);
    bool in_order = !water_runs;
    if (in_order) {
        water_runs = true;
        inside();
        water_runs = false;
    }
    pthread_mutex_unlock(&door);
    return in_order;
}

// Holds the door meanwhile: so nobody is inside, and what is copied is the lock of the one who goes along.
pid_t house_copy(int (*life)(void))
{
    pthread_mutex_lock(&door);
    pid_t copy = fork();
    pthread_mutex_unlock(&door); // in both houses
    if (copy == 0)
        _exit(life());
    return copy;
}
