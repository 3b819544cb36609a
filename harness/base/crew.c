#define _GNU_SOURCE
#include "crew.h"

#include <pthread.h>
#include <sched.h>

enum { MOST = 64 };

void crew_run(int workers, size_t tasks, void *(*work)(void *argument), void *argument)
{
    pthread_t others[MOST];
    int started = 0;
    while (started < workers - 1 && started < MOST && (size_t)started + 1 < tasks &&
           pthread_create(&others[started], NULL, work, argument) == 0)
        started++;
    work(argument);
    while (started > 0)
        pthread_join(others[--started], NULL);
}

int crew_processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}
