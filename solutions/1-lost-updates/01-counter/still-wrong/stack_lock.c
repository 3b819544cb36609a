// Still wrong: the lock is a local variable, a new one for every call.
// Caught by: explore, tsan, helgrind

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
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
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    counter->value++;
    pthread_mutex_unlock(&lock);
    pthread_mutex_destroy(&lock);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
