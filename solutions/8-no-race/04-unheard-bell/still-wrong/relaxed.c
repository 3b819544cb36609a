// Still wrong: takes rings in one atomic step, in relaxed order: the ring is heard, and the parcel
// is not seen.
// Caught by: explore, tsan, helgrind

#include "doorbell.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct doorbell {
    atomic_long unheard; // rings that nobody has gone to the door for
};

struct doorbell *doorbell_new(void)
{
    return calloc(1, sizeof(struct doorbell));
}

void doorbell_free(struct doorbell *bell)
{
    free(bell);
}

void doorbell_ring(struct doorbell *bell)
{
    atomic_fetch_add_explicit(&bell->unheard, 1, memory_order_relaxed);
}

void doorbell_wait(struct doorbell *bell)
{
    long unheard = atomic_load(&bell->unheard);
    while (unheard == 0 ||
           !atomic_compare_exchange_weak_explicit(&bell->unheard, &unheard, unheard - 1,
                                                  memory_order_relaxed, memory_order_relaxed)) {
        sched_yield();
        unheard = atomic_load(&bell->unheard);
    }
}
