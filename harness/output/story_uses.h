// Which steps of a schedule matter to whoever reads it: those on the objects that the finding is
// about, and on those that several threads use and somebody changes. Asked by storyline.c.
#pragma once

#include "judge/story.h"

// An object of a path, and who uses it how.
struct use {
    unsigned long object;
    int first; // the first thread that used it
    bool shared, changed, wanted;
};

struct uses {
    struct use *all;
    size_t count;
    bool narrow; // of memory, only what the finding is about matters
};

// Those of both schedules of the finding's story, so that what is told of them can be compared.
// Talloc children of `context`.
struct uses uses_find(const void *context, const struct finding *finding);

// Whether the step is one of them.
bool uses_matter(const struct uses *uses, const struct step *step);

// Falls asleep at a condition variable, or wakes.
bool step_is_sleep(const struct step *step);

// Where the two schedules part, as far as can be seen: among the steps that matter, the first that
// is another thread's in the good one; `bad` and `good` become its places in them, their lengths if
// there is none. Before it they may differ in what nobody notices.
void uses_parting(const struct uses *uses, const struct story *story, size_t *bad, size_t *good);
