// Stores that arrive late. A store of an atomic object that is not sequentially consistent may reach
// the other threads after the storing thread's next loads: processors keep it in a buffer meanwhile,
// and C allows it. Memory holds the new value at once here; what is kept are the older values that
// other threads may still find, in the order of the stores.
//
// All that happens is what an x86 processor may do with the program: a thread's stores arrive in
// their order, at the latest before its next operation that is no load or store, or that is a
// read-modify-write, or sequentially consistent and no load. (C allows more than that.) That what
// happened before is seen stays true thus. Each thread finds an older value once, so that who looks
// again and again gets on.
//
// Called by atomics.c, and by schedule.c at each point.
#pragma once

#include "engine.h"

enum { LATE_BYTES = 16 }; // of an object that may be found older

void late_set_up(void); // once, before any run
void late_reset(void);

// The calling thread is about to store to the object, in an order that is not sequentially
// consistent.
void late_store(const void *address, size_t size);

// The calling thread loads the object in `order`. Whether it finds an older value, which is then
// copied to `value`, and what was released with that value happened before: a choice, which is
// recorded. If it does not, the newer one has arrived.
bool late_load(const void *address, size_t size, int order, void *value);

// All that the calling thread has stored has arrived.
void late_arrive(void);
// So has all that anybody has stored to the object, which the calling thread is about to change.
void late_arrive_at(const void *address, size_t size);
