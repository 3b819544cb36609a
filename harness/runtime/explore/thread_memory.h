// What a thread remembers for the race detector: its vector clocks and its shadow call stack. Part
// of struct thread (engine.h); only the files about memory look inside.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { CLOCKS = 64, SHADOW_STACK_MOST = 256 };

// A vector clock: for each thread, the last of its times that is known to have passed.
struct clock {
    uint32_t at[CLOCKS];
};

// A function of the program that is being executed.
struct frame {
    uintptr_t stack; // where its part of the stack begins: those it calls lie below
    uint32_t calls;  // the path of calls that led to it, a number of calls.h
};

// Filled in by clock_thread_begin: need not be zeroed before.
struct thread_memory {
    struct clock clock;              // what happened before the thread's next step
    struct clock released;           // the clock at its last release fence
    struct clock acquired;           // what its relaxed loads saw, for an acquire fence to come
    bool has_released, has_acquired; // whether those two hold anything
    uint32_t depth;                  // functions being executed, also beyond SHADOW_STACK_MOST
    struct frame frames[SHADOW_STACK_MOST]; // outermost first
};
