// Vector clocks: what happened before what, by the rules of C11 (5.1.2.4, 7.17.3, 7.17.4) and of POSIX
// locks. Values are no matter of this file: an atomic load reads what the last store in the order
// of the run wrote.
//
// A thread's own entry counts its releases. An access made at time t of thread a happened before
// what thread b does now if b's clock has at least t for a.
//
// What was released to an object is kept as a list of *heads*. For a lock it is one, joined by all who
// release. For an atomic object there is one for each thread that heads a release sequence which
// the object's value belongs to:
//
// - a store by thread a ends the sequences of all others; a's own go on (C11 and C17; C23 ends them);
// - a read-modify-write, by whomever, carries on all of them;
// - a store or read-modify-write that releases, or follows a release fence, adds a head of its own.
//
// An acquiring load joins all heads. Sequentially consistent operations order nothing more than
// acquire and release do, as far as races are concerned: the order of the run is theirs.
//
// The functions that sync objects use are declared in engine.h.
#pragma once

#include "engine.h"

void clock_set_up(void);

// `order` is one of __ATOMIC_RELAXED ... __ATOMIC_SEQ_CST. Call them after the access itself is known
// to be made by the calling thread.
void clock_load(const void *object, int order);
void clock_store(const void *object, int order);
void clock_update(const void *object, int order); // a read-modify-write that wrote
void clock_fence(int order);

// The object's life has ended: another one may begin at the same address.
void clock_forget(const void *object);

// Whether the calling thread may create a thread in the slot `id`, used before: what its last thread
// did happened before. Otherwise two threads would be taken for one.
bool clock_may_reuse(unsigned id);

// How many slots have been used in this run: entries of clocks beyond are 0.
unsigned clock_slots(void);
