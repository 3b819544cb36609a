// Programs for the tiny machine: made up at random, by families of what they use.
#pragma once

#include "toy.h"

enum toy_family {
    TOY_MEMORY,       // reads, writes, updates, and reads that decide what follows
    TOY_MUTEXES,      // critical sections, tries, locks in either order: some deadlock
    TOY_SEMAPHORES,   // waits, tries, posts
    TOY_CONDITIONS,   // waits with and without a loop, signals, broadcasts
    TOY_RWLOCKS,      // readers, writers, tries
    TOY_MEETINGS,     // barriers and meetings
    TOY_THREADS_MADE, // threads that create and join others
    TOY_ONCE,
    TOY_SPINS, // threads that look until another writes
    TOY_ALL,   // pieces of every family
    TOY_FAMILIES
};

extern const char *const toy_family_names[TOY_FAMILIES];

// A program of the family, with this many threads and about this many pieces in each.
void toy_make(struct toy_program *program, enum toy_family family, unsigned threads,
              unsigned pieces, uint64_t seed);

// Prints the program, for a test that fails.
void toy_print(const struct toy_program *program);
