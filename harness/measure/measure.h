// The same work done in several ways, each measured: what the lesson exercises/TOOLS.md compares,
// and `racelings measure` prints. Read waits.c and primes.c as examples; they are written for that.
#pragma once

#include "base/problem.h"

#include <stdbool.h>
#include <stdio.h>

// One way of doing the work.
struct measured {
    char way[32];   // "a thread for each"
    double seconds; // how long it took
    long result;    // what came of it: how many waits have ended, or how many primes there are
};

enum { WAITS = 10, WAIT_MS = 100, POOL = 4, WAYS_TO_WAIT = 4 };

// Waits WAITS times for WAIT_MS milliseconds each: one after the other; with a thread for each;
// with a pool of POOL threads; with one event loop. False with `problem` filled if the system has
// too little of something.
bool measure_waits(struct measured ways[WAYS_TO_WAIT], struct problem *problem);

enum { PRIMES_TO = 100000, PRIMES_TRIES = 5, WAYS_TO_COMPUTE = 3, WORKERS_MOST = 64 };

// Counts the primes up to PRIMES_TO: in one thread; in `workers` threads, from 1 to WORKERS_MOST;
// in so many processes. Each is tried PRIMES_TRIES times, and the quickest counts. Starts
// processes, so the caller must be the only thread. False as above.
bool measure_primes(struct measured ways[WAYS_TO_COMPUTE], int workers, struct problem *problem);

// Writes a line for each way, with a bar as long as it took; in 80 columns.
void measure_draw(FILE *out, const struct measured *ways, int count);
