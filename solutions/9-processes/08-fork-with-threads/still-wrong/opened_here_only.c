// Still wrong: holds the door while the house is copied, and opens it here. In the copy it is still held, by
// the one who lives there.
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

// Holds the door meanwhile: so nobody is inside, and what is copied is the lock of the one who goes along.
pid_t house_copy(int (*life)(void))
{
    pthread_mutex_lock(&door);
    pid_t copy = fork();
    if (copy == 0)
        _exit(life());
    pthread_mutex_unlock(&door);
    return copy;
}
