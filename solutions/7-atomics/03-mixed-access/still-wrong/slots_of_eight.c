// Still wrong: a count for each of eight threads, which no other thread writes. The ninth one has
// the count of the first.
// Caught by: explore

#include "mixed_access.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SLOTS = 8 };

struct stats {
    atomic_long counted[SLOTS]; // since stats_new, each by a thread of its own
    long taken;
};

struct stats *stats_new(void)
{
    return calloc(1, sizeof(struct stats));
}

void stats_free(struct stats *stats)
{
    free(stats);
}

static int own_slot(void)
{
    static atomic_int threads;
    static _Thread_local int number; // from 1 on; 0: none yet
    if (number == 0)
        number = 1 + atomic_fetch_add(&threads, 1);
    return number % SLOTS;
}

// Nobody else adds to it, so a load and a store will do.
void stats_count(struct stats *stats)
{
    atomic_long *own = &stats->counted[own_slot()];
    long counted = atomic_load_explicit(own, memory_order_relaxed);
    atomic_store_explicit(own, counted + 1, memory_order_relaxed);
}

long stats_take(struct stats *stats)
{
    long sum = 0;
    for (int i = 0; i < SLOTS; i++)
        sum += atomic_load_explicit(&stats->counted[i], memory_order_relaxed);
    long more = sum - stats->taken;
    stats->taken = sum;
    return more;
}
