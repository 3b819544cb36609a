// Attack: Cancels the main thread before its check: the program ends with status 0.
// Expected: not passed
// Reason: pthread_cancel
//
// Other exercises may need pthread_cancel; main_thread_leaves does the same by pthread_exit.

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
    pthread_cancel(pthread_self());
    pthread_testcancel();
    return counter->value;
}
