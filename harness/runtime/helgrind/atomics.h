// Between atomics.c, which performs every atomic operation of a judged program, and
// helgrind_atomics.c, which tells Helgrind of it.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum atomic_kind {
    ATOMIC_LOAD,
    ATOMIC_STORE,
    ATOMIC_UPDATE, // a read-modify-write: exchange, fetch_*, a compare-exchange
    ATOMIC_FENCE,  // no object
};

struct atomic_operation {
    const volatile void *object;
    size_t size;
    enum atomic_kind kind;
    int order;         // as the __ATOMIC_* constants number it
    const void *place; // the instruction after the operation, in the program's own code
};

// Called just before and just after each operation. A compare-exchange that failed began as an
// update and ends as what it became: a load with its failure order. `begun` is what the first call
// gave, handed back unchanged. Both may run in a signal handler that interrupted either.
bool atomic_begins(const struct atomic_operation *operation);
void atomic_ends(const struct atomic_operation *operation, bool begun);

// Whether the listener wants stores done by an exchange, the object's old value unused.
extern const bool atomic_stores_exchange;
