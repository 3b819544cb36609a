// Data races: two accesses of the same bytes by different threads, at least one of which writes and
// at least one of which is not atomic, and neither of which happened before the other. Every
// schedule is checked as it goes, by vector clocks (clocks.h); no access is forgotten that could
// still race.
//
// Bytes are told apart by a mask in each granule of 8. A bit-field counts as the bytes that the
// compiler accesses for it, which are those of its memory location in the sense of C11.
//
// Places that raced are racy from the next run on (racy.h).
//
// What can't be seen: accesses that clang does not announce (80-bit long double, vectors of 32
// bytes and more) and those inside library functions that are not wrapped.
#pragma once

#include "engine.h"

void races_set_up(void);

// The block has been given back: like a write, but what comes after it is no race (heap.c sees it).
void races_free(const void *address, size_t size, uintptr_t pc);

// The memory is given back to the kernel: what comes after it is of other memory. Who still accesses
// it before that crashes.
void races_unmap(const void *address, size_t size);
