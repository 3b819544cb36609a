// The search through the schedules of one scene, or of main: a dry run, all schedules if they can
// be exhausted, else schedules by chance; whatever fails is confirmed and shrunk. A wait for a
// condition may end though nobody has signalled: that is tried by chance, also where all else is
// exhausted. Last come schedules in which stores of atomic objects arrive late.
//
// Everything is counted in schedules and steps, never in time: the same search gives the same
// result in every process.
#pragma once

#include "findings.h"
#include "schedule_string.h"

// How schedules are run. The engine's own functions; tests have others.
struct runner {
    struct outcome *(*run)(const struct schedule *schedule);
    bool (*apart)(void (*stage)(void *argument), void *argument);
    void *(*share)(size_t size);
    void *(*map)(size_t size);
};

// What is to be searched, and what it may cost.
struct search {
    const struct runner *runner;
    int scene; // index, or MAIN_SCENE
    uint64_t seed;
    bool alone;      // there is nothing else to search: all that may be spent to exhaust it is
    uint32_t runs;   // schedules inside one process, to exhaust them; 0: do not try
    uint64_t steps;  // of these, altogether
    uint64_t effort; // when so much has been made in runs inside, no more are begun; and the same
                     // again for those by chance, after the first forty
    uint64_t effort_in_all;        // by chance: after the first four
    uint32_t schedules;            // by chance, each in a process of its own
    const struct chooser *chooser; // of these; NULL: all in rotation
    uint32_t after;   // so many more when something has been found, in the hope for worse
    uint32_t replays; // to shrink each finding
    uint32_t steps_most;
    uint64_t effort_most;   // of one schedule; 0: EFFORT_MOST
    uint32_t late;          // schedules with stores that arrive late after all of these
    uint32_t woken;         // schedules with wake-ups for nothing after all those without
    uint32_t spurious_most; // wake-ups for nothing in a schedule by chance
};

enum { FINDINGS_MOST = 4, REASON_MOST = 160 };

// A fault, and a schedule that shows it.
struct finding {
    struct signature signature;
    uint32_t found_at;    // the n-th schedule, from 1
    struct script script; // shrunk
    struct script good;   // a neighbour of it that goes well
    bool has_good;
};

// What a search came to. Lies in memory that processes share.
struct search_result {
    uint32_t schedules;             // that were run, replays not counted
    uint32_t threads;               // at most in one run
    uint32_t longest;               // steps of the longest run
    uint32_t unended;               // schedules that were cut off after steps_most steps
    uint32_t left;                  // schedules that went well without main's having returned
    uint64_t effort;                // of all of them, replays counted
    uint64_t dearest;               // of one
    bool exhausted;                 // every result that the program can come to has been seen,
                                    // as long as no wait for a condition ends for nothing
    uint32_t woken;                 // then: further schedules in which one did, and all went well
    uint32_t late;                  // further schedules in which a store arrived late
    char reason[REASON_MOST];       // why not, as a sentence; "" if exhausted
    char unsupported[TEXT_MOST];    // what the program does that cannot be followed; "" if nothing
    struct stack unsupported_stack; // where
    struct script cut_off;          // the first schedule in turn that came to no end, if any did
    uint32_t finding_count;         // of different signatures
    struct finding findings[FINDINGS_MOST];
};

// Searches. The result is mapped with runner->share and never freed.
struct search_result *search_run(const struct search *search);

// Whether none of its schedules came to an end: then `cut_off` is the first of them.
bool search_is_endless(const struct search_result *result);
