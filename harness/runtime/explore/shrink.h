// Makes a failing schedule short, and the same for the same bug: fewest segments first, then fewest
// picks, then the lowest numbers. What a shorter script no longer says the threads do in turn.
//
// Pure, over the question what a replay comes to.
#pragma once

#include "schedule_string.h"

enum replayed {
    REPLAY_FAILS,     // with the very fault that is looked for
    REPLAY_GOES_WELL, // with no fault at all
    REPLAY_DIFFERS,   // in some other way
};

struct shrinking {
    enum replayed (*replay)(void *argument, const struct script *script);
    void *argument;
    uint32_t replays_most; // how often to ask
    uint32_t replays;      // how often it was asked

    struct script *script; // in: fails; out: the shortest found that fails
    struct script *trial;  // room
    struct script *good;   // out: the neighbour asked about last that goes well; NULL: not wanted
    bool has_good;         // whether there is one
};

// Shrinks shrinking->script in place. It is left as it is if it does not fail.
void shrink(struct shrinking *shrinking);
