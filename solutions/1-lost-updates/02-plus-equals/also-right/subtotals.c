// Also right: every thread adds to a slip of its own; reading adds up the slips.

#include "plus_equals.h"

#include <stdatomic.h>
#include <stdlib.h>

// The slip of one thread: only that thread adds to it, everybody may read it.
struct slip {
    const void *thread; // the address of a thread-local object names a thread
    atomic_long total;
    struct slip *next;
};

struct tally {
    struct slip *_Atomic slips; // grows at the head, never shrinks
};

static _Thread_local char self;

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally)
        atomic_init(&tally->slips, NULL);
    return tally;
}

void tally_free(struct tally *tally)
{
    struct slip *slip = tally ? tally->slips : NULL;
    while (slip) {
        struct slip *next = slip->next;
        free(slip);
        slip = next;
    }
    free(tally);
}

static struct slip *new_slip(struct tally *tally)
{
    struct slip *slip = malloc(sizeof *slip);
    if (!slip)
        abort();
    slip->thread = &self;
    atomic_init(&slip->total, 0);
    slip->next = atomic_load(&tally->slips);
    while (!atomic_compare_exchange_weak(&tally->slips, &slip->next, slip))
        ; // next now holds the newer head
    return slip;
}

static struct slip *own_slip(struct tally *tally)
{
    struct slip *slip = atomic_load(&tally->slips);
    while (slip && slip->thread != &self)
        slip = slip->next;
    return slip ? slip : new_slip(tally);
}

void tally_add(struct tally *tally, long amount)
{
    struct slip *slip = own_slip(tally);
    long seen = atomic_load_explicit(&slip->total, memory_order_relaxed);
    atomic_store_explicit(&slip->total, seen + amount, memory_order_relaxed); // no other writer
}

long tally_total(struct tally *tally)
{
    long sum = 0;
    for (struct slip *slip = atomic_load(&tally->slips); slip; slip = slip->next)
        sum += atomic_load_explicit(&slip->total, memory_order_relaxed);
    return sum;
}
