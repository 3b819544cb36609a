// Attack: Has a fence that orders nothing, and prints what a tool says when it fails: to be judged by nobody.
// Expected: failed
// Reason: data race

#include "counter.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    puts("valgrind: fatal error");
    atomic_thread_fence(memory_order_seq_cst);
    return calloc(1, sizeof(struct counter));
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
    return counter->value;
}
