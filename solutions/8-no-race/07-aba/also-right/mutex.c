// Also right: the same stack behind a lock.

#include "rack.h"

#include <pthread.h>
#include <stdlib.h>

enum { NONE = -1 };

struct rack {
    pthread_mutex_t lock; // guards the stack of free hooks
    int top;
    int below[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(int));
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
    pthread_mutex_lock(&rack->lock);
    int hook = rack->top;
    if (hook != NONE)
        rack->top = rack->below[hook];
    pthread_mutex_unlock(&rack->lock);
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    pthread_mutex_lock(&rack->lock);
    rack->below[hook] = rack->top;
    rack->top = hook;
    pthread_mutex_unlock(&rack->lock);
}
