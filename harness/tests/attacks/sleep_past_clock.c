// Attack: Waits 40 seconds for a signal that nobody sends, in the hope of being waited for.
// Expected: failed
//
// It takes no processor time: a limit on that alone would never end it.

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct counter {
    long value;
};

enum { SECONDS = 40 };

static void doze(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += SECONDS;
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&never, &lock, &end) == 0)
        continue;
    pthread_mutex_unlock(&lock);
}

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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    doze();
    return counter->value;
}
