// Still wrong: a lock for those who give back. Those who take still meet.
// Caught by: explore

#include "rack.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: `top` is the next one to be taken, and each of them knows the one below.
struct rack {
    pthread_mutex_t lock; // held by who gives one back
    atomic_int top;       // NONE: no hook is free
    atomic_int below[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(atomic_int));
    if (!rack)
        return NULL;
    pthread_mutex_init(&rack->lock, NULL);
    for (int i = 0; i < hooks; i++)
        rack->below[i] = i + 1 < hooks ? i + 1 : NONE;
    rack->top = hooks > 0 ? 0 : NONE;
    return rack;
}

void rack_free(struct rack *rack)
{
    if (rack)
        pthread_mutex_destroy(&rack->lock);
    free(rack);
}

int rack_take(struct rack *rack)
{
    int hook = atomic_load(&rack->top), next;
    do {
        if (hook == NONE)
            return NONE;
        next = atomic_load(&rack->below[hook]);
    } while (!atomic_compare_exchange_weak(&rack->top, &hook, next));
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    pthread_mutex_lock(&rack->lock);
    int top = atomic_load(&rack->top);
    do {
        atomic_store(&rack->below[hook], top);
    } while (!atomic_compare_exchange_weak(&rack->top, &top, hook));
    pthread_mutex_unlock(&rack->lock);
}
