// The shadow call stack: by which calls each thread came to where it is.
//
// Every path of calls that any thread has taken has a number; the table only grows, so that a
// number can be kept with an access and read long after, also in a later run. The outermost
// function has the path 0 above it.
#pragma once

#include "engine.h"

void calls_set_up(void);

// The calling thread enters a function called from `caller`, whose part of the stack begins at
// `stack`, and leaves it.
void calls_enter(uintptr_t caller, uintptr_t stack);
void calls_leave(void);

// The path of the calling thread, or of another.
uint32_t calls_now(void);
uint32_t calls_of(const struct thread *thread);

// Fills in `stack`: `pc`, then the path's calls, innermost first.
void calls_stack(uint32_t calls, uintptr_t pc, struct stack *stack);
