// Still wrong: the copy opens the door, whoever has locked it. If nobody had, that is one too many; and if somebody
// had, he was in the middle of something.
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
        pthread_mutex_unlock(&door);
        _exit(life());
    }
    return copy;
}
