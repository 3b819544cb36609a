// Attack: Counts, under a lock, from whatever number memory happens to hold.
// Expected: failed

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_mutex_t lock;
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = calloc(64, sizeof *counter);
    if (!counter)
        return NULL;
    for (int i = 0; i < 64; i++)
        *(volatile long *)&counter[i].value = 0x5a5a5a;
    free(counter);
    counter = malloc(64 * sizeof *counter); // often the same memory, never set to 0
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
