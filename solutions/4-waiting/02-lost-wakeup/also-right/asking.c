// Also right: no sleep, no lost wake-up. It costs a processor that asks all the time.

#include "lost_wakeup.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct gate {
    atomic_bool open;
};

struct gate *gate_new(void)
{
    return calloc(1, sizeof(struct gate));
}

void gate_free(struct gate *gate)
{
    free(gate);
}

void gate_wait(struct gate *gate)
{
    while (!atomic_load_explicit(&gate->open, memory_order_acquire))
        sched_yield();
}

void gate_open(struct gate *gate)
{
    atomic_store_explicit(&gate->open, true, memory_order_release);
}
