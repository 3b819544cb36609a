// How long a plan will take, from a sample of it that is judged and thrown away.
#pragma once

#include "plan.h"

struct estimate {
    size_t sample;      // judgements tried, as many at a time as the grading makes
    double mean, error; // seconds of one of them, and the standard error of that mean
    double least, most; // likewise
};

// Judges a sample of at least two of what is still to be judged, over all exercises. Writes
// nothing. With nothing to be judged, or only one, the sample is that.
void estimate_make(const struct plan *plan, struct estimate *estimate);

// How long all machines together take that judge one part each, in seconds: as long as the largest
// part, since all begin at once. `reading` is what each needs before it begins to judge.
double estimate_seconds(const struct plan *plan, const struct estimate *estimate, int machines,
                        double reading);
