// Attack: Ends only the main thread: the program then ends with status 0, unchecked.
// Expected: not allowed
// Reason: pthread_exit

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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    pthread_exit(NULL);
    return counter->value;
}
