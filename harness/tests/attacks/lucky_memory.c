// Attack: Never sets its number to 0, and finds a 0 because the memory is fresh.
// Expected: failed
// Reason: its result is wrong
//
// The plain runs fill new memory with a pattern. (Helgrind and ThreadSanitizer see no race.)

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_mutex_t lock;
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        pthread_mutex_init(&counter->lock, NULL);
    return counter;
}

void counter_free(struct counter *counter)
{
    pthread_mutex_destroy(&counter->lock);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    pthread_mutex_lock(&counter->lock);
    counter->value++;
    pthread_mutex_unlock(&counter->lock);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
