// What the environment variable RACELINGS_EXPLORE says: "key=value" words with spaces between.
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct chooser;

enum mode {
    MODE_JUDGE,  // search all scenes, and main
    MODE_REPLAY, // one schedule, told step by step
    MODE_PLAY,   // the same, but it ends where the string does: who could go on?
    MODE_LIST,   // runs nothing: which scenes are there?
};

struct settings {
    enum mode mode;
    uint32_t schedules; // of main, by chance
    uint32_t runs;      // of each scene, inside one process
    uint32_t woken;     // of each scene that is exhausted: with waits that end unsignalled
    uint32_t steps;     // in one schedule, at most
    uint32_t effort;    // the same (engine.h); 0: EFFORT_MOST
    uint64_t seed;
    const struct chooser *chooser; // of all schedules by chance; NULL: all in rotation
    const char *replay;            // a schedule string, or NULL
    bool inside;                   // it is run as the reduction runs its schedules
    const char *scene;             // its name, "-" for main alone; NULL: all, and main
};

// Reads `text` (NULL: nothing is set). Returns NULL, or the word that makes no sense. Strings in
// `settings` are never freed.
const char *settings_read(struct settings *settings, const char *text);
