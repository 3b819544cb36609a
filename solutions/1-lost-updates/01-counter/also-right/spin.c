// Also right: a spin lock, for a critical section this short.

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_spinlock_t lock; // guards value
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter) {
        pthread_spin_init(&counter->lock, PTHREAD_PROCESS_PRIVATE);
        counter->value = 0;
    }
    return counter;
}

void counter_free(struct counter *counter)
{
    if (counter)
        pthread_spin_destroy(&counter->lock);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    pthread_spin_lock(&counter->lock);
    counter->value++;
    pthread_spin_unlock(&counter->lock);
}

long counter_value(struct counter *counter)
{
    pthread_spin_lock(&counter->lock);
    long value = counter->value;
    pthread_spin_unlock(&counter->lock);
    return value;
}
