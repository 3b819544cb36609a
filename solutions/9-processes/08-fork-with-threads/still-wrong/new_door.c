// Still wrong: the copy gets a new lock. Behind it the water runs: what the lock guards was copied in the middle.
// Caught by: native

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; // guards water_runs
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

pid_t house_copy(int (*life)(void))
{
    pid_t copy = fork();
    if (copy == 0) {
        pthread_mutex_init(&door, NULL);
        _exit(life());
    }
    return copy;
}
