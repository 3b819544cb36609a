// Still wrong: a recursive mutex opens for its owner again. The owner is Tom.
// Caught by: native

#define _GNU_SOURCE
#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP; // guards water_runs
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
    if (copy == 0)
        _exit(life());
    return copy;
}
