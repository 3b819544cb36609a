// Also right: a sign says that somebody is inside, and a mutex guards the sign only. Who copies waits until it says
// no, and holds the mutex so that this does not change.

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards the sign
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;
static bool occupied;
static bool water_runs; // belongs to whoever is inside

static void wait_until_free(void)
{
    while (occupied)
        pthread_cond_wait(&left, &lock);
}

static void turn_sign(bool to)
{
    pthread_mutex_lock(&lock);
    if (to)
        wait_until_free();
    else
        pthread_cond_broadcast(&left);
    occupied = to;
    pthread_mutex_unlock(&lock);
}

bool bathroom_use(void (*inside)(void))
{
    turn_sign(true);
    bool in_order = !water_runs;
    if (in_order) {
        water_runs = true;
        inside();
        water_runs = false;
    }
    turn_sign(false);
    return in_order;
}

pid_t house_copy(int (*life)(void))
{
    pthread_mutex_lock(&lock);
    wait_until_free();
    pid_t copy = fork();
    pthread_mutex_unlock(&lock);
    if (copy == 0)
        _exit(life());
    return copy;
}
