// What a detector found in one run, in the words all detectors share. Plain data: read by the
// detectors, decided on by verdict.c, told by explain.c and output/.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// A new kind needs a name in finding.c, by which exercise.json and every output know it. verdict.c
// has the verdict it leads to, where that is not "reported", and sums it up in a sentence; what
// else people read of it is in output/explain.c.
enum kind {
    KIND_DATA_RACE,
    KIND_LOCK_ORDER,    // two locks taken in opposite orders
    KIND_LOCK_MISUSE,   // unlocked by another thread, destroyed while locked, taken twice, ...
    KIND_THREAD_MISUSE, // joined twice, or what is no thread
    KIND_LOCK_HELD,     // a thread ended with a lock held
    KIND_USE_AFTER_FREE,
    KIND_THREAD_LEAK, // a thread neither joined nor detached
    KIND_SIGNAL,      // a call that is not safe in a signal handler
    KIND_DEADLOCK,    // threads wait for each other, or for what nobody will do
    KIND_LOST_WAKEUP, // the same, and the signal that one of them waits for has come before
    KIND_DOUBLE_FREE,
    KIND_BAD_FREE, // of what is not the beginning of a block
    KIND_OVERFLOW, // access beside a block of memory
    KIND_LEAK,
    KIND_WRONG_RESULT, // the driver says so, or a scene's promise is broken
    KIND_WAITS,        // a call that must not wait waits
    KIND_CRASH,
    KIND_ASSERTION,
    KIND_ABORT,
    KIND_NO_END,         // no schedule of a scene came to its end
    KIND_NO_PROGRESS,    // all threads that can run go in circles
    KIND_TOUCHES_DRIVER, // the program's own part reads or writes a static variable of the driver
    KIND_READS_CODE,     // it reads code, or the tables in which functions are found by name
    KIND_NOTHING,        // a schedule that was asked for, and that shows nothing
    KIND_ADVICE,         // said by the tool, shown to people, never counted against a program
    KIND_COUNT
};

// "data race", ... as exercise.json and the JSON output write it.
const char *kind_name(enum kind kind);

// Whether a finding of that kind counts against a program.
bool kind_counts(enum kind kind);

// The kind called `name`; KIND_COUNT if there is none.
enum kind kind_find(const char *name);

struct place {
    const char *function;  // "?" where unknown
    const char *file;      // relative to the course's root where it lies below it; NULL: unknown,
                           // or not in the program itself but in a library
    int line;              // 0: unknown
    int column;            // 1-based; 0: unknown
    unsigned long address; // of the instruction, where `column` is still to be looked up; else 0
};

struct trace {
    struct place *places; // innermost first
    size_t count;
};

// A file's name as people know it: below `root` without the root, and without the compiler's "./".
// A talloc child of `context`; NULL for a file of what the harness links in (harness/runtime/).
const char *place_file(const void *context, const char *root, const char *file);

// Whether a function, and the file it is in, belong to what the harness links into a program.
bool place_is_ours(const char *function, const char *file);

// The innermost place of a trace that lies in the program itself; NULL if there is none.
const struct place *trace_own(const struct trace *trace);

// "main" for 0, "T2" for 2, "a thread" for one that is not known; a talloc child of `context`.
char *thread_name(const void *context, int thread);

struct access {
    int thread; // 0 is the main thread, the others in order of creation
    bool write;
    bool atomic;
    bool frees; // the memory; `size` is then that of the block
    int size;   // bytes
    struct trace trace;
    const char **locks; // names of the locks held, NULL-terminated; NULL: the tool does not tell
};

// A lock that a finding speaks of.
struct lock {
    const char *name;      // the variable's name or "M1"; unique within the finding
    bool named;            // `name` is the program's own; false: the tool's, or made up
    unsigned long address; // of the lock, where `name` is still to be looked up; else 0
    struct trace taken;    // lock-order inversion: where it was taken by the thread that then
                           // wanted the next lock of the cycle; else where it was first seen;
                           // empty: the tool does not tell
    struct trace wanted;   // lock-order inversion: where the next lock of the cycle was wanted
                           // while this one was held; empty: the tool does not tell
};

struct story; // story.h

struct finding {
    enum kind kind;
    const char *what;        // the tool's own sentence
    const char *variable;    // what is raced on, or the lock: a global's name; NULL: unknown
    bool packed;             // `variable` is two bit-fields of one memory location: "p->lamp, door"
    struct access *accesses; // a data race has two, a use after free the access and the release
    size_t access_count;
    struct lock *locks; // the cycle of a lock-order inversion; for misuse the lock
    size_t lock_count;
    size_t threads;    // lock-order inversion: how many it was seen in; 0: unknown
    bool names_differ; // lock-order inversion: the source calls one lock by different names, and so
                       // the locks are called M0, M1, ...
    struct trace where;     // for findings that are not about an access: the offending call
    struct trace allocated; // where the memory raced on came from; empty: unknown
    struct story *story;    // the schedule that shows it, step by step; NULL: the tool has none
};

enum reading_state {
    READING_COMPLETE,   // the tool finished its work and said all it had to say
    READING_CUT,        // it was working, but the run ended before it could finish
    READING_CRASHED,    // complete up to a crash of the program that the tool itself describes
    READING_UNFOLLOWED, // the program does something that the tool cannot follow
    READING_UNUSABLE,   // the tool failed, or its report cannot be read
};

// How much of a scene, or of the driver, was gone through by a detector that chooses the schedule.
struct search {
    const char *scene;   // its name; NULL: the driver
    const char *promise; // what it checks; NULL: the driver, or a report that does not say
    long schedules;
    long threads;       // at most in one schedule; 0: nobody says
    bool exhausted;     // these are all that can come to different results
    const char *reason; // why not all; NULL: they are, or nobody says
    long unended;       // schedules that were cut off because they came to no end
    long left;  // schedules in which the program ended well, but by exit and before main did
    long late;  // schedules more, in which stores of atomic objects arrived late
    long woken; // if exhausted: schedules more, in which waits ended though nobody had signalled
};

// All that a detector wrote about one run.
struct reading {
    enum reading_state state;
    const char *note;  // UNUSABLE: why; CRASHED: the crash in one sentence; UNFOLLOWED: what, the
                       // name of a function; COMPLETE: what else is to be told although it does
                       // not count, or NULL; otherwise NULL
    const char *retry; // UNUSABLE: the settings (struct program) with which the tool may do better;
                       // NULL: none
    struct trace crash; // CRASHED, UNFOLLOWED: where
    const char *output; // what the program itself printed, where the tool wrote in between; NULL:
                        // all that came is the program's
    struct finding *findings;
    size_t count;
    struct search *searches; // in the order in which they were made
    size_t search_count;     // 0: the detector chooses no schedules
    // Where the threads were when the run was ended, by the tool's own word; none: it says nothing.
    struct call_stack *stacks;
    size_t stack_count;
    // It was asked to stop where a schedule ends, and the program had not ended by then.
    bool paused;
};

// Adds a finding, which is copied. The array becomes a talloc child of `context`.
void reading_add(const void *context, struct reading *reading, const struct finding *finding);

// Whether one of its findings is a data race.
bool reading_has_race(const struct reading *reading);
