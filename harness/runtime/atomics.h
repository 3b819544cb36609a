// Between atomics.c, which performs every atomic operation of a judged program, and the one
// listener linked beside it: helgrind_atomics.c, which tells Helgrind, or native_nudge.c, which
// disturbs the schedule.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum atomic_kind {
    ATOMIC_LOAD,
    ATOMIC_STORE,
    ATOMIC_UPDATE, // a read-modify-write: exchange, fetch_*, a compare-exchange
    ATOMIC_FENCE,  // no object
};

// Called just before and just after each operation, with the order as the __ATOMIC_* constants
// number it. A compare-exchange that failed began as an update and ends as what it became: a load
// with its failure order. `begun` is what the first call gave, handed back unchanged. Both may run
// in a signal handler that interrupted either.
bool atomic_begins(const volatile void *object, size_t size, enum atomic_kind kind, int order);
void atomic_ends(bool begun, const volatile void *object, size_t size, enum atomic_kind kind,
                 int order);
