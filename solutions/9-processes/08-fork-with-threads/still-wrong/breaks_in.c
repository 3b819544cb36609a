// Still wrong: knocks a thousand times, and breaks in: who does not answer does not exist. Tom has only been
// longer than that.
// Caught by: native

#include "house.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; // guards water_runs
static bool water_runs;

bool bathroom_use(void (*inside)(void))
{
    for (int i = 0; pthread_mutex_trylock(&door) != 0; i++) {
        if (i == 1000) { // nobody is so long in there
            pthread_mutex_init(&door, NULL);
            water_runs = false;
        }
        sched_yield();
    }
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
