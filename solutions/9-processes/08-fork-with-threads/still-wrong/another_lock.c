// Still wrong: a lock against two copies at once. The bathroom has nothing to do with it.
// Caught by: native

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; // guards water_runs
static bool water_runs;

static pthread_mutex_t copying = PTHREAD_MUTEX_INITIALIZER;

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

pid_t house_copy(int (*life)(void))
{
    pthread_mutex_lock(&copying);
    pid_t copy = fork();
    pthread_mutex_unlock(&copying); // in both houses
    if (copy == 0)
        _exit(life());
    return copy;
}
