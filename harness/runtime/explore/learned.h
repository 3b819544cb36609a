// What a run teaches the runs after it: how often each thread came to each object, and who created
// whom. Pure: taken from the steps of a run, for the chooser `surw`.
#pragma once

#include "engine.h"

enum { OBJECTS_MOST = 512 };

// An object that threads operated on.
struct learned_object {
    const void *address;
    uint32_t total;   // operations
    uint32_t threads; // that did any
    bool changed;     // not only read
    uint32_t by_thread[THREADS_MAX];
};

struct learned {
    uint32_t object_count; // of the first OBJECTS_MOST objects
    struct learned_object objects[OBJECTS_MOST];
    uint8_t parents[THREADS_MAX]; // who created a thread; 0 for main
};

// Learns from the steps of a run. What was in `learned` is forgotten.
void learn(struct learned *learned, const struct step *steps, uint32_t count);

// Whether it matters who comes first to the object: two threads come, and one changes it.
bool learned_is_shared(const struct learned_object *object);
