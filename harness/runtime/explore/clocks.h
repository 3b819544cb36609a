// Vector clocks: what happened before what, by the rules of C11 (5.1.2.4, 7.17.3, 7.17.4) and of
// POSIX locks. Values are no matter of this file: an atomic load reads what the last store in the
// order of the run wrote.
//
// A thread's own entry counts its releases. An access made at time t of thread a happened before
// what thread b does now if b's clock has at least t for a.
//
// What was released to an object is kept as a list of *heads*. For a lock it is one, joined by all
// who release. For an atomic object there is one for each thread that heads a release sequence
// which the object's value belongs to:
//
// - a store by thread a ends the sequences of all others; a's own go on (C11 and C17; C23 ends them);
// - a read-modify-write, by whomever, carries on all of them;
// - a store or read-modify-write that releases, or follows a release fence, adds a head of its own.
//
// An acquiring load joins all heads. Sequentially consistent operations order nothing more than
// acquire and release do, as far as races are concerned: the order of the run is theirs.
//
// Nobody need say that an object's life ends and another's begins at its address: whoever begins it
// writes there, which races with all that has not happened before, so that what was released to the
// old one is known to all who may use the new one.
//
// The functions that sync objects use are declared in engine.h.
#pragma once

#include "engine.h"

void clock_set_up(void);

// `order` is one of __ATOMIC_RELAXED ... __ATOMIC_SEQ_CST. An operation's own access (races_access)
// happens after what it acquires, and before what others acquire from it: a load calls clock_load
// before it, a store clock_store after it, a read-modify-write clock_load before and clock_update
// after it.
void clock_load(const void *object, int order);
void clock_store(const void *object, int order);
void clock_update(const void *object, int order);
void clock_fence(int order);

// All that was released to the object, to be kept for who finds its present value later; and the
// load that finds it.
void clock_released(const void *object, struct clock *released);
void clock_load_released(const struct clock *released, int order);

// Whether the calling thread may create a thread in the slot `id`, used before: what its last
// thread did happened before. Otherwise two threads would be taken for one.
bool clock_may_reuse(unsigned id);

// How many slots have been used in this run: entries of clocks beyond are 0.
unsigned clock_slots(void);
