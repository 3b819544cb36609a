// Still wrong: whoever has tried a thousand times adds without the lock. It says nothing about who
// has it.
// Caught by: explore

#include "counter.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PATIENCE = 1000 };

struct counter {
    pthread_mutex_t lock; // guards value
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
    if (counter)
        pthread_mutex_destroy(&counter->lock);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    bool locked = false;
    for (int tries = 0; !locked && tries < PATIENCE; tries++) {
        locked = pthread_mutex_trylock(&counter->lock) == 0;
        if (!locked)
            sched_yield();
    }
    counter->value++;
    if (locked)
        pthread_mutex_unlock(&counter->lock);
}

long counter_value(struct counter *counter)
{
    pthread_mutex_lock(&counter->lock);
    long value = counter->value;
    pthread_mutex_unlock(&counter->lock);
    return value;
}
