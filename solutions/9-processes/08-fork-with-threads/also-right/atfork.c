// Also right: the library lets handlers run within fork: one takes the door before, and one in each house gives it
// back. So it is safe even if somebody else forks.

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; // guards water_runs
static bool water_runs;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void hold_door(void)
{
    pthread_mutex_lock(&door);
}

static void let_go_of_door(void)
{
    pthread_mutex_unlock(&door);
}

static void agree(void)
{
    pthread_atfork(hold_door, let_go_of_door, let_go_of_door);
}

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
    pthread_once(&once, agree);
    pid_t copy = fork();
    if (copy == 0)
        _exit(life());
    return copy;
}
