// Attack: Starts more threads at once than the explorer follows, and updates in two atomic steps.
// Expected: failed

#include "counter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { CROWD = 70 };

struct counter {
    atomic_long value;
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *stand(void *unused)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return unused;
}

static void start_crowd(void)
{
    pthread_t threads[CROWD];
    int count = 0;
    pthread_mutex_lock(&gate);
    while (count < CROWD && pthread_create(&threads[count], NULL, stand, NULL) == 0)
        count++;
    pthread_mutex_unlock(&gate);
    while (count > 0)
        pthread_join(threads[--count], NULL);
}

struct counter *counter_new(void)
{
    start_crowd();
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    long value = counter->value;
    counter->value = value + 1;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
