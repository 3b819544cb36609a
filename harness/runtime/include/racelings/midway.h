// For drivers that let something happen in the middle of a call: after its first machine
// instruction, its second, its third ... That another process overtakes one just there is bad luck
// in life; here it can be had on purpose, whatever else the machine does.
#pragma once

#include <stdbool.h>

// Makes the call, and `meanwhile`, by the same thread, when the call has come so many instructions
// far; these are counted from a little before its first to a little behind its last. Returns false
// if they were over by then: `meanwhile` has not been called. For one thread of a process at a
// time.
//
// Only the plain run counts, and only on x86-64. Elsewhere the call is made and false returned, as
// if it had no instructions.
bool midway(long instructions, void (*call)(void), void (*meanwhile)(void));

// The same in two calls, for what begins in one function of the driver and ends in another: between
// them the thread returns to what has called the driver. A process may end before midway_ends.
void midway_begins(long instructions, void (*meanwhile)(void));
bool midway_ends(void);
