// A meeting point for the threads of a driver, which the detectors do not see: it brings threads to
// a place at the same time without making anything they did before happen before what they do
// after. Two uses:
//
// - A race must show on every run. Behind a meeting point two threads are on their way together, and no
//   lock taken earlier orders them by luck.
// - A fix must not destroy what the program is for. Readers that may overlap prove that they do: each
//   waits, inside, until all are inside. Where they are let in one by one the meeting fails.
//
// Made for drivers (main.c). An answer that orders its threads with it orders nothing.
#pragma once

#include <stdbool.h>

// Shared by the threads that meet. At most one meeting at a time; the next may follow at once.
struct rendezvous {
    int parties; // how many threads make a meeting
    int arrived; // how many wait in the one that is open
    int number;  // of meetings held; what waiting threads wait on
};

#define RENDEZVOUS(parties) {(parties), 0, 0}

// Waits until `meeting->parties` threads have called. Returns true to all of them; false to a
// thread that waited `milliseconds` in vain, which then no longer counts as arrived. On a busy
// machine it may wait longer. Where all threads of the process sleep until one of them wakes
// another, nobody can come, and it returns false at once: but for the time, as if it had waited.
bool rendezvous_meet(struct rendezvous *meeting, int milliseconds);
