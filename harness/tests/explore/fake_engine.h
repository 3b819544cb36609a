// An engine for tests of the files about memory: a few threads that the test itself makes current, no
// scheduling, and faults kept instead of told.
#pragma once

#include "engine.h"

#include <setjmp.h>

enum { FAKE_THREADS = 8 };

// Begins a run in which thread 0 is alone and current.
void fake_begin(void);

// Ends the run: until the next one begins, no run is on.
void fake_off(void);

// Makes the thread current; it has been created.
void fake_switch(unsigned id);

// The current thread creates thread `id`; or `id`, which is done, is joined by it.
void fake_create(unsigned id);
void fake_join(unsigned id);

// The faults of this run, and how many: run_end counts as one of KIND_NONE.
extern struct fault fake_faults[];
extern unsigned fake_fault_count;

// How many points and events there have been in this run, and the object of the last point.
extern unsigned fake_points, fake_events;
extern const void *fake_point_object;

// Where found_and_end() and run_end() return to: `if (fake_ends()) statement;`, whose value is true
// if the statement ended the run.
extern jmp_buf fake_end;
#define ENDS_RUN(statement) (setjmp(fake_end) == 0 ? ((statement), false) : true)
