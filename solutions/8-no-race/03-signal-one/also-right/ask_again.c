// Also right: no bell: takes a piece in one atomic step, or asks again later.

#include "stall.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct stall {
    atomic_int pieces[FRUITS];
};

struct stall *stall_new(void)
{
    return calloc(1, sizeof(struct stall));
}

void stall_free(struct stall *stall)
{
    free(stall);
}

void stall_deliver(struct stall *stall, enum fruit kind)
{
    atomic_fetch_add(&stall->pieces[kind], 1);
}

static bool take(atomic_int *pieces)
{
    int there = atomic_load(pieces);
    while (there > 0)
        if (atomic_compare_exchange_weak(pieces, &there, there - 1))
            return true;
    return false;
}

void stall_buy(struct stall *stall, enum fruit kind)
{
    while (!take(&stall->pieces[kind]))
        sched_yield();
}

int stall_count(struct stall *stall, enum fruit kind)
{
    return atomic_load(&stall->pieces[kind]);
}
