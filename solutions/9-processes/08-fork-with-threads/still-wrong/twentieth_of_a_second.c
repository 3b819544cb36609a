// Still wrong: waits for a while, and then breaks in, changes the lock, and turns off the water: as if it were certain
// that this is the copy.
// Caught by: explore

#include "house.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; // guards water_runs
static bool water_runs;

bool bathroom_use(void (*inside)(void))
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 50000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    while (pthread_mutex_timedlock(&door, &until) != 0) {
        pthread_mutex_init(&door, NULL);
        water_runs = false;
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
