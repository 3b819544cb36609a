// Attack: Has the kernel write the counter, by a kind of futex that no judge follows.
// Expected: failed

#define _GNU_SOURCE
#include "counter.h"

#include <linux/futex.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

struct counter {
    int value, nobody;
};

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

// Sets the value to what it was a moment ago, plus one: 12 bits of it.
void counter_increment(struct counter *counter)
{
    int next = __atomic_load_n(&counter->value, __ATOMIC_RELAXED) + 1;
    syscall(SYS_futex, &counter->nobody, FUTEX_WAKE_OP, 0, NULL, &counter->value,
            FUTEX_OP(FUTEX_OP_SET, next & 0xFFF, FUTEX_OP_CMP_EQ, 0));
    sched_yield();
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
