// Still wrong: each thread takes a lock of its own, which keeps nobody out.
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
    static _Thread_local pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    counter->value++;
    pthread_mutex_unlock(&lock);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
