// What a thread remembers for the race detector: its vector clocks and its shadow call stack. Part of
// struct thread (engine.h); only the files about memory look inside.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { CLOCKS = 64, SHADOW_STACK_MOST = 256 };

struct thread_memory {
    uint32_t clock[CLOCKS];          // what happened before the thread's next step
    uint32_t released[CLOCKS];       // the clock at its last release fence
    uint32_t acquired[CLOCKS];       // what its relaxed loads saw, for an acquire fence to come
    bool has_released, has_acquired; // whether those two hold anything
    uint32_t depth;                  // frames on the shadow call stack, also beyond its size
    uintptr_t callers[SHADOW_STACK_MOST]; // return addresses, outermost first
};
