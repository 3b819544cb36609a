// Between common/large_atomics.c, which knows the calls that compilers make for atomic objects too
// large for an instruction, and one file for each judge, which performs them so that its tool sees
// atomic accesses.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct large_operation {
    void *object;
    size_t size;
    bool reads, writes; // both: a read-modify-write
    int order;          // as the __ATOMIC_* constants number it
    const void *place;  // the instruction after the call, in the program's own code
};

// Just before and just after each operation. A compare-exchange that failed began as one that
// writes, and ends as what it became. `begun` is what the first gave.
bool large_begins(const struct large_operation *operation);
void large_ends(const struct large_operation *operation, bool begun);

// In between, nobody else being in one: the object becomes `value`, what it was goes to `old`.
// Either is NULL where the operation does not write or read.
void large_access(const struct large_operation *operation, void *old, const void *value);
