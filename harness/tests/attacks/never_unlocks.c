// Attack: Takes the lock and never gives it back: nothing races, nothing ends.
// Expected: failed
//
// A timed lock, so that it ends by itself after 20 seconds.

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct counter {
    pthread_mutex_t lock;
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter) {
        pthread_mutex_init(&counter->lock, NULL);
        counter->value = 0;
    }
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 20;
    static _Thread_local int tired;
    if (!tired && pthread_mutex_timedlock(&counter->lock, &end) == 0)
        counter->value++;
    else
        tired = 1;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
