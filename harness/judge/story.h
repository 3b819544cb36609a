// The schedule that shows a finding, step by step, as a detector that chooses schedules reports it.
// Plain data: read by detectors/explore.c, named by story.c, told by output/telling.c.
#pragma once

#include "finding.h"

#include <stdint.h>

// What a thread does in one step; the words are those of the report (deed_find).
enum deed {
    DEED_OTHER, // of no interest to a story: yield, fence, once, ...
    DEED_START,
    DEED_EXIT,
    DEED_CREATE,
    DEED_JOIN,
    DEED_READ,
    DEED_WRITE,
    DEED_UPDATE, // reads and writes in one atomic step
    DEED_LOCK,
    DEED_TRY_LOCK,
    DEED_READ_LOCK,
    DEED_UNLOCK,
    DEED_WAIT, // for a condition; the mutex is given up
    DEED_WAKE, // the end of that wait; the mutex is taken again
    DEED_SIGNAL,
    DEED_BROADCAST,
    DEED_CANCEL,
    DEED_TAKE, // a semaphore's count is lowered
    DEED_TRY_TAKE,
    DEED_POST,
    DEED_BARRIER, // arrives
    DEED_MEET,    // comes to a rendezvous of the driver's
    DEED_FENCE,
    DEED_FILE,  // reads from or writes to a descriptor
    DEED_FUTEX, // sleeps at a word, or wakes who does
    DEED_COUNT
};

// The deed that a report calls `name`; DEED_OTHER for what is not known.
enum deed deed_find(const char *name);

// "reads", "locks", ..., as the JSON output writes it.
const char *deed_name(enum deed deed);

// Threads and descriptors have small numbers in the place of an object's address, and need no
// names.
enum { LOWEST_ADDRESS = 4096 };

struct step {
    int thread; // 0 is the main thread
    long event; // the thread's own number of it
    enum deed deed;
    unsigned long object, other; // addresses; other: a wait's mutex, else 0
    int size;                    // of the memory accessed; 0: not memory
    uint64_t before, after;      // the memory's value around the step
    bool older;         // a load found what stood there before a store that has not arrived yet
    const char *order;  // of an atomic operation or a fence: "relaxed", ...; else NULL
    struct place place; // where; file NULL: not in the program's own source
    const char *name;   // what the source calls the object; NULL: not known
    bool kept;          // the object is the C library's own: "what strtok keeps"
    bool packed;        // several members lie in it, as bit-fields do: "tram->lamp, door"
    bool wanted;        // to be told although nobody else uses the object yet
    bool racing;        // one of the two accesses of the data race that is found
};

struct path {
    struct step *steps;
    size_t count;
};

// A lock that a thread holds at the end.
struct holding {
    unsigned long object;
    const char *name; // NULL: not known
    struct trace taken;
};

enum stand { STAND_RUNS, STAND_WAITS, STAND_SPINS, STAND_ENDED };

// How a thread stood when the run ended.
struct standing_thread {
    int thread;
    long event; // it stands before this one of its events
    enum stand stand;
    enum deed deed; // what it was about to do
    unsigned long object;
    const char *name; // the object's; NULL: not known
    struct trace where, created;
    struct holding *holds;
    size_t hold_count;
    int poster;         // who else waits, and would have posted the semaphore that it waits for,
    struct trace posts; // and where; empty: nobody is known to
};

// An atomic hand-over between the accesses of a race, which would order them if its orders were
// strong enough: steps of the bad path.
struct handover {
    const struct step *store,
        *load; // what the load gave had been stored there; NULL: there is none
    bool needs_release, needs_acquire;
};

struct story {
    const char *scene;    // in which it was found; NULL: in the driver
    const char *promise;  // the scene's
    const char *schedule; // the string that replays it
    long found_at;        // it was the n-th schedule tried; 0: it was asked for
    unsigned long memory; // what the finding is about, an address; 0: nothing in particular
    struct path bad;      // the schedule that shows it
    struct handover handover;
    struct path good; // the nearest schedule that goes well; empty: none is known
    struct standing_thread *threads;
    size_t thread_count;
    const char *output; // what the program printed in that schedule
};

// Gives every object in the finding's story the name that the source has for it, and the locks that
// were held at each access of a race. What is made is a talloc child of `context`.
void story_name(const void *context, const char *root, struct finding *finding);

// Whether the thread waits for ever, or goes in circles, and is worth telling of: one that only
// joins another which waits itself is not.
bool story_waits(const struct story *story, const struct standing_thread *thread);

// Whether the thread has a part in it that nothing comes to an end: it waits, or, in a schedule that
// was cut off, still ran.
bool story_hangs(const struct finding *finding, const struct standing_thread *thread);
