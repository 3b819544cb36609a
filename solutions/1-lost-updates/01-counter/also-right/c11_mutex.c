// Also right: the mutex of C11, from <threads.h>.

#include "counter.h"

#include <stdlib.h>
#include <threads.h>

struct counter {
    mtx_t lock; // guards value
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter) {
        mtx_init(&counter->lock, mtx_plain);
        counter->value = 0;
    }
    return counter;
}

void counter_free(struct counter *counter)
{
    if (counter)
        mtx_destroy(&counter->lock);
    free(counter);
}

void counter_increment(struct counter *counter)
{
    mtx_lock(&counter->lock);
    counter->value++;
    mtx_unlock(&counter->lock);
}

long counter_value(struct counter *counter)
{
    mtx_lock(&counter->lock);
    long value = counter->value;
    mtx_unlock(&counter->lock);
    return value;
}
