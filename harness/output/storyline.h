// A schedule cut down to what a person wants to see of it: rows, one for each step that matters,
// with the source line and what became of the shared state. Text, JSON and drawings are made from
// these.
#pragma once

#include "judge/story.h"

struct row {
    int thread;
    size_t folded;             // steps left out in this row's place; 0: it is a step
    bool whole;                // folded: all that the thread ever does
    bool stuck;                // not a step, but that the thread cannot go on at the end
    bool decisive;             // where the nearest good schedule lets another thread go on
    const struct place *place; // NULL: folded, or not in the program's own source
    const char *source; // that line of the source without blanks around it; NULL: cannot be had
    const char *effect; // "counter->value 0 -> 1"; "" where there is nothing to say
    bool racing;        // one of the two accesses of a data race: never folded
    bool unsignalled;   // the thread wakes though nobody has signalled
};

struct storyline {
    struct row *rows;
    size_t count;
    const int *threads; // those that have rows, in ascending order
    size_t thread_count;
    const char *file; // the file of most rows; NULL: none has one
};

// What happened: the schedule that shows the finding. A talloc child of `context`.
struct storyline *storyline_of_failure(const void *context, const char *root,
                                       const struct finding *finding);

// What would have gone well: the nearest good schedule, from the step on at which it parts from the
// failure; its first row is that of the thread that goes on there. NULL if none is known.
struct storyline *storyline_of_success(const void *context, const char *root,
                                       const struct finding *finding);

// All that has happened in a schedule that is still being made, whatever it will show.
struct storyline *storyline_so_far(const void *context, const char *root,
                                   const struct finding *finding);
