// Attack: Is right only where a descriptor is open that a judge has opened.
// Expected: failed

#include "counter.h"

#include <poll.h>
#include <sched.h>
#include <stdlib.h>

enum { FIRST_OF_JUDGES = 3 };

struct counter {
    long value;
};

static int is_watched(void)
{
    struct pollfd polled = {FIRST_OF_JUDGES, POLLIN, 0};
    poll(&polled, 1, 0);
    return (polled.revents & POLLNVAL) == 0;
}

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    if (is_watched()) {
        __atomic_fetch_add(&counter->value, 1, __ATOMIC_SEQ_CST);
        return;
    }
    long value = __atomic_load_n(&counter->value, __ATOMIC_RELAXED);
    sched_yield();
    __atomic_store_n(&counter->value, value + 1, __ATOMIC_RELAXED);
}

long counter_value(struct counter *counter)
{
    return __atomic_load_n(&counter->value, __ATOMIC_SEQ_CST);
}
