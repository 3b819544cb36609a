// The student's desk: `racelings watch`. An exercise lies on it and is judged whenever it is saved,
// until it is done and the next one comes. On a terminal a screen shows it, and keys do the rest;
// elsewhere it is plain lines.
#pragma once

#include "sitting.h"

struct desk_wishes {
    const struct course *course;
    const struct exercise *exercise;      // to begin with; NULL: the first that is not done
    const struct detector *const *judges; // NULL-terminated
    bool poll;                            // look for saves instead of being told
    bool manual;                          // judge at a key, not at a save
    bool once;                            // judge once and end
};

enum desk_end {
    DESK_LEFT,     // by the student; with `once`: all judges found it clean
    DESK_NOT_DONE, // with `once`: one did not
    DESK_FAILED, // a tool failed, or too few could judge: `problem` says why, or the judgements did
};

enum desk_end desk_watch(const struct desk_wishes *wishes, struct problem *problem);
