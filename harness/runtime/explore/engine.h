// The explorer's shared types, and what its parts offer each other.
//
// A run is one execution of the program, or of one scene, under one schedule. Threads are
// coroutines; one runs at a time, and changes places with another only at a point. All that a run
// changes lies in mapped memory reached from `engine` and `running`, never in .data or .bss: runs
// inside one process begin by restoring those sections.
//
// Addresses that the program can see are the same in every process: the heap, the stacks and the
// program's own objects lie at fixed places.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "thread_memory.h"

enum {
    THREADS_MAX = 64, // live at once; the slot of a joined thread is used again
    STEPS_MOST = 60000,
    SEGMENTS_MOST = 60000,
    PICKS_MOST = 4096,
    FAULTS_MOST = 8,
    STACK_MOST = 24, // frames kept of a call stack
    TEXT_MOST = 400,
    HELD_MOST = 16,         // locks a thread holds that are remembered
    KEYS_MOST = 64,         // of thread-specific data
    PATIENCE = 20,          // of a thread that looks again and again, to begin with
    EFFORT_MOST = 10000000, // of a run
};

// ---- What threads do ----

enum op {
    OP_NONE,  // a plain access at which a replay stops; no step
    OP_START, // object: THREAD_OBJECT of the thread itself; so also CREATE, JOIN, EXIT, CANCEL
    OP_READ,  // of an atomic object, or of plain memory that is known to be racy
    OP_WRITE,
    OP_UPDATE, // read-modify-write, also a compare-exchange that may fail
    OP_LOCK,
    OP_LOCK_TIMED,
    OP_TRYLOCK, // detail: 1 if it was taken
    OP_UNLOCK,
    OP_WAIT,      // of a condition variable: object; the mutex it gives up: other
    OP_WAKE,      // the end of that wait: the mutex taken again; same object and other
    OP_SIGNAL,    // detail: mask of the threads woken; picks are numbered by the waiters' ids
    OP_BROADCAST, // detail: the same
    OP_CREATE,
    OP_JOIN,
    OP_EXIT,
    OP_YIELD,          // also a nap
    OP_BARRIER_ARRIVE, // detail: twice the number of the barrier's phase, plus 1 if it completes it
    OP_BARRIER_PASS,   // detail: the phase arrived in
    OP_SEM_WAIT,
    OP_SEM_TRY,  // detail: 1 if the count was lowered, 2 if it was only looked at
    OP_SEM_POST, // detail: the count before
    OP_READ_LOCK,
    OP_WRITE_LOCK,
    OP_RW_TRY,    // detail: 1 if it was taken for reading, 2 for writing
    OP_RW_UNLOCK, // detail: readers before it (0: a writer unlocks)
    OP_FENCE,
    OP_MEET,      // detail: twice the number of the meeting, plus 1 if it completes it
    OP_MEET_PASS, // detail: the meeting arrived in
    OP_ASLEEP,    // waits until the thread `object` is off its way; detail: its events then
    OP_ONCE,  // detail: 0 it begins the call, 1 it has ended the call, 2 it found the call ended
    OP_FILE,  // descriptors: all share one object
    OP_FUTEX, // looks at the word, sleeps at it, or wakes who does
    OP_SPIN,  // goes on looking at `object`, which has not changed
    OP_CANCEL,
    OP_PAUSE,
    OP_COUNT
};

// What a thread does, or is about to do.
struct operation {
    enum op op;
    const void *object, *other;
    uint64_t detail; // filled in when the operation is executed
    uintptr_t pc;    // where the program calls it
};

// One executed transition.
struct step {
    uint8_t thread;
    struct operation done;
    uint64_t enabled;         // mask: who could have run instead
    uint64_t asleep;          // mask: the sleep set before it (reduction only)
    uint32_t event;           // the thread's number of this event
    uint16_t choice, choices; // among a signal's waiters, or (OP_WAIT) whether to wake for
                              // nothing: which of how many; choices is 0 where there was none
    uint64_t before, after;   // the object's first 8 bytes (memory: its size) around the step
    uint8_t size;             // of the memory accessed; 0: a sync object
    bool older;    // a load that found what was there before a store that has not arrived yet
    uint8_t order; // of an atomic operation or a fence: ORDER_TOLD + C11's number; else 0
};

enum { ORDER_TOLD = 1 };

// Part of a schedule string: `thread` runs until it stands before its event `until`.
struct segment {
    uint8_t thread;
    uint32_t until;
};

// Part of a schedule string: at its event `event`, `thread` chose `value`. Choices of 0 are left
// out.
struct pick {
    uint8_t thread;
    uint8_t value;
    uint32_t event;
};

static inline const void *thread_object(unsigned id)
{
    return (const void *)(uintptr_t)(id + 1);
}

// ---- What a run came to ----

enum ending {
    ENDED_WELL,
    ENDED_WRONG, // a wrong result: main's status, or a scene's promise broken
    ENDED_ASSERTION,
    ENDED_ABORT,
    ENDED_CRASH,
    ENDED_DEADLOCK,
    ENDED_LOST_WAKEUP, // a deadlock in which a waiter's signal came before the wait
    ENDED_NO_PROGRESS, // all who can run go in circles
    ENDED_HEAP,        // use after free, double free, overflow: the fault tells which
    ENDED_WAITS,       // a call that must not wait waits
    ENDED_STEPS,       // the limit of steps, or of effort: says nothing
    ENDED_PRUNED,      // the rest is covered by another schedule (reduction only)
    ENDED_PAUSED,      // where a schedule to be paused was told to
    ENDED_UNSUPPORTED, // the program does what cannot be followed: `text` is its name
};

enum kind {
    KIND_NONE,
    KIND_RACE,
    KIND_DEADLOCK,
    KIND_LOST_WAKEUP,
    KIND_MISUSE, // of a lock
    KIND_THREAD_MISUSE,
    KIND_THREAD_LEAK, // ends the program that a thread may still be in
    KIND_USE_AFTER_FREE,
    KIND_DOUBLE_FREE,
    KIND_BAD_FREE, // of what is not the beginning of a block
    KIND_OVERFLOW,
    KIND_LEAK,
    KIND_WRONG,
    KIND_CRASH,
    KIND_ASSERTION,
    KIND_ABORT,
    KIND_NO_PROGRESS,
    KIND_WAITS,
    KIND_TOUCHES_DRIVER,
    KIND_READS_CODE,
    KIND_COUNT
};

struct stack {
    uint32_t depth;
    uintptr_t frames[STACK_MOST]; // innermost first; the first is the operation's own place
};

struct access {
    uint8_t thread;
    bool write, atomic, frees;
    uint32_t size;
    uintptr_t address;
    struct stack stack; // of an earlier access perhaps only its first frame
};

// Something wrong that was seen.
struct fault {
    enum kind kind;
    uint32_t step;  // how many steps had been made
    uint8_t thread; // who did it
    char text[TEXT_MOST];
    uint32_t access_count; // a race has two, the earlier first
    struct access accesses[2];
    const void *object;     // the lock, block ... it is about, or NULL
    struct stack stack;     // where
    struct stack allocated; // where the object's block was allocated, depth 0: unknown
    uintptr_t block, block_size;
};

struct held_lock {
    const void *object;
    bool robust;        // may be left to whoever comes next
    struct stack stack; // where it was taken
};

// A thread as it stood when the run ended.
struct thread_state {
    uint8_t id;
    uint32_t events; // it stands before this one
    enum { STATE_RUNS, STATE_WAITS, STATE_SPINS, STATE_ENDED } state;
    struct operation next;
    struct stack created, stack;
    uint32_t held_count;
    struct held_lock held[HELD_MOST];
};

// Written by the run, read by who started it; in memory that processes share.
struct outcome {
    enum ending ending;
    uint32_t threads;     // created, main included
    uint32_t live_at_end; // not ended when main returned
    bool main_returned;   // rather than that somebody called exit
    int status;           // of main, or of exit
    uint64_t effort;      // see effort()
    uint32_t switches;    // away from a thread that could have gone on
    // What keeps an exploration from being a proof:
    uint32_t timeouts;     // fired
    uint32_t released;     // spinners let go on though nothing had changed
    uint32_t many_awaited; // of those freed, who looked at several places
    uint32_t unfair;       // choices narrowed by fairness
    uint32_t descriptors;  // operations on files and sockets
    uint32_t spurious;     // wake-ups for nothing
    uint32_t older;        // values that loads found though newer ones had been stored
    uint32_t weak_stores;  // of atomic objects, not sequentially consistent, with others about
    uint32_t counted_vain; // looks as vain as the ones before, and yields, with another stack
    uint32_t new_racy;     // places found racy for the first time: points from the next run on
    uint32_t fault_count;  // may be more than FAULTS_MOST
    uint32_t state_count, step_count, segment_count, pick_count;
    char text[TEXT_MOST]; // a sentence on the ending
    struct stack stack;   // where it ended
    // Of what follows only the counted parts hold anything.
    struct fault faults[FAULTS_MOST];
    struct thread_state states[THREADS_MAX]; // of an ending that is a failure
    struct pick picks[PICKS_MOST];
    struct segment segments[SEGMENTS_MOST];
    struct step steps[STEPS_MOST];
};

// ---- What is asked of a run ----

struct chooser;

// An element of the prefix that the reduction prescribes.
struct prescribed {
    uint8_t thread;
    uint8_t choice;
};

enum { MAIN_SCENE = -1 };

struct schedule {
    int scene;   // index into scenes[], or MAIN_SCENE
    bool inside; // in this process; else in one of its own
    bool again;  // as the run before, which was made inside: what it found racy is forgotten first
    uint64_t seed;
    const struct chooser *chooser; // ignored where segments are replayed
    bool replay;                   // follow segments and picks, then take turns,
    bool pause;                    // or end there
    const struct segment *segments;
    uint32_t segment_count;
    const struct pick *picks;
    uint32_t pick_count;
    const struct prescribed *prefix; // for the reduction's chooser
    uint32_t prefix_length;
    uint32_t spurious_most; // wake-ups for nothing, in the whole run
    uint32_t older_in;      // by chance, one load in so many that may find an older value; 0: none
    uint32_t spurious_in;   // by chance, one wait in so many; not 0 where there may be any
    bool unfair;          // who gives way need not let others go first: the reduction sees to that
    uint32_t stubborn;    // while steps are fewer, who looks in vain goes on looking
    uint32_t steps_most;  // 0: STEPS_MOST
    uint64_t effort_most; // 0: EFFORT_MOST
    uint32_t length;      // steps that a run takes, as learned; 0: unknown
    const void *learned;  // whatever else the chooser was told
    bool story;           // keep before and after of every step, and what was printed
};

// Runs one schedule. The outcome is overwritten by the next run.
struct outcome *engine_run(const struct schedule *schedule);

// Calls stage(argument) in a process of its own, in which schedules may be run inside. What it
// finds it must write to memory from engine_share. False if it did not return.
bool engine_apart(void (*stage)(void *argument), void *argument);

// Zeroed memory that processes forked later share, and such that they do not. Never freed.
void *engine_share(size_t size);
void *engine_map(size_t size);

// ---- Choosing ----

enum { CHOOSER_STATE = 8192 };

// What a chooser knows when it is asked.
struct choosing {
    const struct schedule *schedule;
    uint64_t random;                     // state for random_next
    uint32_t step;                       // steps made so far
    uint32_t threads;                    // ids are below this
    uint64_t live;                       // mask: created and not ended
    uint64_t enabled;                    // mask, never 0: one of these is to be chosen
    uint8_t current;                     // who ran last
    bool current_enabled;                // whether it is among them
    uint32_t same;                       // steps that `current` has made without a break
    const struct step *last;             // the step made last, or NULL
    struct operation *next[THREADS_MAX]; // what each live thread is about to do
    uint64_t asleep; // for the reduction: to be kept up to date; recorded in each step
    _Alignas(16) char state[CHOOSER_STATE]; // its own; zeroed as far as it says before `begin`
};

enum { CHOOSE_NOBODY = -1 }; // the rest of this run is covered elsewhere: ENDED_PRUNED

// Choosers are never called for a replay.
struct chooser {
    const char *name;
    size_t state; // bytes of choosing->state that must be zero when a run begins
    void (*begin)(struct choosing *); // may be NULL
    int (*choose)(struct choosing *); // a thread of choosing->enabled, or CHOOSE_NOBODY
    // Which of `count` > 1 choices (a signal's waiters; NULL: at random).
    unsigned (*pick)(struct choosing *, unsigned count);
};

uint64_t random_next(uint64_t *state); // splitmix64

// ---- A run from inside: what the core offers ----

enum { LOOKS_MOST = 64, LOOK_LISTS = 64 };
enum { WRITTEN_MOST = 16 }; // bytes, of a write of which it is seen whether it changes anything

// A place where a thread has looked at something since it last had any effect.
struct look {
    bool is_call; // of an atomic object or by a call, not a plain read
    uintptr_t pc;
    const void *address;
    uint64_t value;
    uint64_t hash;    // of its stack then
    uint32_t repeats; // of the same value
    uint8_t next;     // in its list: a number, from 1; 0: the last
};

// Looks whose place hashes to the same.
struct look_list {
    uint64_t generation; // older than the thread's: the list is empty
    uint8_t first;
};

struct thread {
    uint8_t id; // slot
    bool ended, joined, detached;
    struct operation next; // what it is about to do, or does
    uint32_t events;       // numbered over all instrumented accesses and calls

    void *stack_pointer, *thread_pointer; // while it does not run
    void *(*function)(void *);
    void *argument, *result;

    // Waiting
    const struct waiting *waiting; // what for; NULL: it may go on
    uint64_t deadline;             // virtual nanoseconds; 0: none
    uint64_t waited_for;           // depends on the operation: events or generation when it began
    bool timed_out, signalled;
    bool interrupted;    // a cancellation ends the wait
    uint32_t held_count; // locks; may be more than HELD_MOST
    // Looking again and again
    uint32_t look_count;     // since its last progress, that are remembered
    uint32_t looks_replaced; // ever, when there was room for no more
    uint32_t progress_at;    // its event when it last got on
    uint32_t vain;           // looks since then that were as the ones before
    uintptr_t yielded_from;  // where it gave way last, and the hash of its stack then
    uint64_t yielded_with;
    bool counts;         // the time before, it did so there with another stack
    uint32_t patience;   // repeats before a look is taken for a circle whatever its stack
    bool circles, spins; // to be blocked at the next point; blocked until an effect
    bool in_doubt;       // `circles` for its many repeats only: a holder of locks goes on
    uintptr_t frame;     // canonical frame address of the program's function that called us
    uintptr_t stack_top; // where its stack begins
    void *written;       // a plain write that is being made, and what was there before
    uint32_t written_size;
    uint64_t written_before[WRITTEN_MOST / sizeof(uint64_t)];
    uint32_t last_step; // when it last ran
    bool must_not_wait; // scene_must_not_wait
    // Cancellation, cleanup, keys
    bool cancelled, cancel_disabled, exiting;
    bool cancel_anywhere; // at whatever point it is, not only where POSIX says
    void *cleanup;
    uint64_t random;    // rand()
    int32_t story_step; // whose `after` is to be seen yet; -1: none

    // This and what follows is not zeroed for a new thread, and of the long arrays most threads
    // touch only the beginning: what they do touch lies together, for a run in a process of its own
    // copies each page that it writes to.
    struct stack created;
    const void *values[KEYS_MOST]; // of keys that were never made in this run: anything
    uint64_t look_generation;      // raised by progress and by each new thread; never 0
    struct look_list look_lists[LOOK_LISTS];
    struct held_lock held[HELD_MOST];
    struct thread_memory memory; // clock_thread_begin sets all of it, and lets the clock of a slot
                                 // that is used again go on
    struct look looks[LOOKS_MOST];
};

// What is asked at every access, and kept by the core.
struct running {
    bool on;             // whether a run is on
    uint32_t live;       // threads that have not ended
    struct thread *self; // the one that runs
    bool signalfd;       // whether the run has made one: it is followed while there is one thread
};

extern struct running *running;

// The thread that runs. Not to be called unless engine_on().
static inline struct thread *thread_self(void)
{
    return running->self;
}

// A thread as people know it: "main", "T2".
struct title {
    char text[8];
};
struct title thread_title(unsigned id);
struct thread *thread_of(unsigned id);

// Ends the run if the address lies on the stack or in the thread-local storage of a thread that has
// ended. `flags` are ACCESS_..., for the report.
void thread_check_access(const void *address, size_t size, int flags, uintptr_t pc);

// Whether a run is on. Before, the program's constructors run, and wrapped calls are passed on.
static inline bool engine_on(void)
{
    return running->on;
}

// Whether more than one thread lives: otherwise nothing is a point.
static inline bool engine_threaded(void)
{
    return running->live > 1;
}

// A scheduling point: returns when the operation may be executed. Also counts the event.
void point(enum op op, const void *object, const void *other, uintptr_t pc);

// A plain access that is no point of choice: counts the event. May stop there all the same, in a
// replay or in a circle.
void event(uintptr_t pc);

// What is done takes about as long as so many plain accesses, each of which counts as one. A run
// that has made all the effort that it may ends with ENDED_STEPS: counted, not timed, it ends there
// each time.
void effort(uint64_t accesses);

// Must be called in a wrapper before point() or event(): how deep the program's stack is.
#define note_frame() (thread_self()->frame = (uintptr_t)__builtin_dwarf_cfa())
#define caller_pc()  ((uintptr_t)__builtin_return_address(0))

// The memory that the operation which point() has just let through accesses (for the record).
void point_memory(const void *address, size_t size);
// The memory order of that operation (for the record).
void point_order(int order);
// The same for a plain access that was no point: a step of its own where a story is told.
void story_access(enum op op, const void *address, size_t size, uintptr_t pc);
// The last step, a load, found this older value.
void story_older(uint64_t value);
// A store of an atomic object, not sequentially consistent, is made while others live.
void weak_store_made(void);
// Whether loads may find older values in this run; and whether the calling thread's does.
bool may_find_older(void);
bool pick_older(void);
// Fills in `detail` of the step just made.
void point_detail(uint64_t detail);

// Memory or an object changed: those who look at it may look again. Its own doer makes progress.
void effect(const void *address);
// The same for a range.
void effect_range(const void *address, size_t size);
// The same of a write of up to WRITTEN_MOST bytes, which has changed what was there before.
void effect_of_write(const void *address, size_t size, const void *before);
// The calling thread did something (a call that is no look): it goes in no circle.
void progress(void);
// The same of a lock: taken and given back it has changed nothing.
void effect_of_lock(const void *lock);
void progress_of_lock(void);
// The calling thread may come to something else the next time, though no memory of the program's
// changed.
void memory_changed(void);
// What the thread looked at does not matter any more: it is to go on.
void look_ends(struct thread *thread);
// Whether the thread spins until a clock shows something.
bool awaits_time(const struct thread *thread);
// A plain write is about to be made; whether it changes anything is seen at the next event.
void write_begins(void *address, size_t size);

// A look gave `value`: the same as before, and nothing done since? `is_call` is true for an atomic
// or a call, false for a plain read, whether it is a point or not (so that a replay, in which other
// places are points, blocks the thread at the same event).
void look(uintptr_t pc, const void *address, uint64_t value, bool is_call);

// Ends the run; does not return.
_Noreturn void run_end(enum ending ending, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// A fault that does not end the run. `fault` is copied; `step` and `thread` are filled in.
void found(const struct fault *fault);
// A misuse of `object`, at the calling thread's stack. The text is what the thread does: "unlocks a
// ...".
void misuse(const void *object, uintptr_t pc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// The same of a thread: KIND_THREAD_MISUSE or KIND_THREAD_LEAK.
void thread_misuse(enum kind kind, const void *thread, uintptr_t pc, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// What the calling thread does to memory, without its stack; `flags` as for races_access.
struct access own_access(const void *address, size_t size, int flags);
// A fault that lies in such an access; its text is still to be written.
struct fault fault_of_access(enum kind kind, const void *address, size_t size, int flags,
                             uintptr_t pc);
// A fault of memory that ends the run with ENDED_HEAP.
_Noreturn void found_and_end(const struct fault *fault);

// ---- What the files about memory offer (clocks, races, heap, ranges) ----

void memory_set_up(void); // once, before any run: maps what it needs
void clock_reset(void);
void races_reset(void);
void heap_reset(void);
void clock_thread_begin(struct thread *child, const struct thread *parent); // parent NULL: main
void clock_acquire(const void *object); // what was released to object happens before what follows
void clock_release(const void *object);
void clock_release_shared(const void *object); // a reader's unlock: seen by writers only
void clock_acquire_shared(const void *object); // a writer's lock: what readers released
void clock_join(const struct thread *ended);

// A sync object's own memory is used (like an atomic access), or made and destroyed (like a write).
void object_used(const void *object, size_t size, uintptr_t pc);
void object_made(const void *object, size_t size, uintptr_t pc);

enum { ACCESS_READ = 0, ACCESS_WRITE = 1, ACCESS_ATOMIC = 2, ACCESS_FREE = 4 };
void races_access(const void *address, size_t size, int flags, uintptr_t pc);
bool races_is_racy(const void *address);
// Ends the run if any of the bytes is not allocated.
void heap_check(const void *address, size_t size, uintptr_t pc);
long heap_live(void); // blocks
// A call of the library reads or writes a range: a point if racy, checked, and an effect.
void range_read(const void *address, size_t size, uintptr_t pc);
void range_write(void *address, size_t size, uintptr_t pc);
// The call stack of a thread, `pc` innermost.
void stack_take(const struct thread *thread, uintptr_t pc, struct stack *stack);
// Memory for the engine's own needs in a run, from the calling thread's arena; freed with the run.
void *heap_own(size_t size);
