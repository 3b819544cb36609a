// Which operations commute. Two operations of different threads are independent if, wherever both
// can be executed, either order leads to the same state and neither keeps the other from being
// executed. Schedules that differ only in the order of independent operations come to the same.
//
// Everything here is pure, and about the operations as engine.h describes them: what `detail` holds
// matters, and must not change when independent operations change places.
//
// Semaphores. A post that raises the count from zero lets a wait go on, yet the same post comes too
// early to matter when the count was higher. So posts are ordered among themselves, and waits; the
// n-th wait follows the post that it uses when posts are used up in turn, and no other.
#pragma once

#include "engine.h"

// The detail of an operation that has not been executed where it is asked about.
#define DETAIL_UNKNOWN UINT64_MAX

// The same operation, not yet executed.
struct operation operation_to_come(const struct operation *operation);

// Whether two operations conflict that different threads are about to execute, or could have been:
// so that it may matter which comes first.
bool operations_conflict(const struct operation *one, const struct operation *other);

// How a step stands to a later one of another thread.
enum relation {
    RELATION_NONE,     // they commute
    RELATION_REQUIRED, // the earlier one makes the later one possible, in whatever schedule
    RELATION_RELEASED, // it ended what kept the later one from happening: an unlock before a lock
    RELATION_RACING,   // the later one could perhaps have come first
};

// Of steps[earlier] to `later`, which another thread, `thread`, executes after `count` steps. Looks
// at the steps before and between them where it must.
enum relation relation_between(const struct step *steps, uint32_t earlier, uint32_t count,
                               const struct operation *later, uint8_t thread);

// Why the exploration of all orders proves nothing about a program that does this: whether an
// operation may be executed depends on more than what the relations above know. NULL: it does not.
const char *operation_reservation(const struct operation *done);
