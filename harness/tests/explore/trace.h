// Short runs written as text, and played to the race detector step by step:
//
//     "a: write x, store f rel; b: load f acq, read x"
//
// Threads are a, b, c ...; all have been created by one more, m, before the first step, unless the
// trace creates them itself ("m: create a"). Objects are one letter each, of 8 bytes. Steps:
//
//     read x, write x                plain accesses
//     load x ORDER, store x ORDER, update x ORDER    of an atomic object; update: read-modify-write
//     fence ORDER                    ORDER: rlx, acq, rel, acqrel, sc
//     lock m, unlock m               what a mutex does to clocks
//     create a, join a
#pragma once

#include <stdint.h>

enum { TRACE_STEPS_MOST = 64 };

enum verb { READ, WRITE, LOAD, STORE, UPDATE, FENCE, LOCK, UNLOCK, CREATE, JOIN };

struct trace_step {
    unsigned thread; // 0: m, 1: a ...
    enum verb verb;
    unsigned object; // 0: a ... or the thread that is created or joined
    int order;       // __ATOMIC_...
};

struct trace {
    unsigned count;
    struct trace_step steps[TRACE_STEPS_MOST];
};

struct trace trace_parse(const char *text);
void trace_print(const struct trace *trace); // as cmocka's errors

// Plays the trace as a run of its own. Gives a mask of the objects that raced.
uint32_t trace_play(const struct trace *trace);

// The same by C11's words taken literally, for traces of plain accesses, atomic operations and fences.
uint32_t trace_judge(const struct trace *trace);
