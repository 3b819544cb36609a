// Also right: the same stack behind a spin lock.

#include "rack.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1 };

struct rack {
    atomic_flag busy; // guards the stack of free hooks
    int top;
    int below[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(int));
    if (!rack)
        return NULL;
    atomic_flag_clear(&rack->busy);
    for (int i = 0; i < hooks; i++)
        rack->below[i] = i + 1 < hooks ? i + 1 : NONE;
    rack->top = hooks > 0 ? 0 : NONE;
    return rack;
}

void rack_free(struct rack *rack)
{
    free(rack);
}

int rack_take(struct rack *rack)
{
    while (atomic_flag_test_and_set(&rack->busy))
        sched_yield();
    int hook = rack->top;
    if (hook != NONE)
        rack->top = rack->below[hook];
    atomic_flag_clear(&rack->busy);
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    while (atomic_flag_test_and_set(&rack->busy))
        sched_yield();
    rack->below[hook] = rack->top;
    rack->top = hook;
    atomic_flag_clear(&rack->busy);
}
