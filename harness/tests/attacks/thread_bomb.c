// Attack: Starts 600 threads that all wait for each other, with allowed calls only.
// Expected: not passed
//
// Where threads run out the answer is a wrong number, which no limit on threads hides.

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

enum { CROWD = 600, SECONDS = 3 };

static int started;

static void *loiter(void *unused)
{
    usleep(SECONDS * 1000000);
    return unused;
}

static void gather(void)
{
    static pthread_t crowd[CROWD];
    while (started < CROWD && pthread_create(&crowd[started], NULL, loiter, NULL) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(crowd[i], NULL);
}

struct counter *counter_new(void)
{
    gather();
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return started == CROWD ? counter->value : -1;
}
