// The state of a run, shared by the files of the engine's core; the others see engine.h alone.
//
// What is called NAME_set_up, here and in the headers of the parts, explore.c calls once, before
// any run, in the process from which all runs come; what is called NAME_reset comes before each
// run.
#pragma once

#include "engine.h"

// Our own places in the address space, the same in every process.
enum { KIBI = 1024, MEBI = 1024 * 1024 };
#define STACKS_BASE ((uintptr_t)0x300000000000)
enum { STACK_SLOT = 8 * MEBI, STACK_GUARD = 4 * KIBI };

// CHESS's fair scheduling: per thread, since it last yielded.
struct fairness {
    uint64_t always_enabled;   // could have run all the while
    uint64_t scheduled;        // have run
    uint64_t kept_out;         // could not run any more, by what the thread did
    uint64_t goes_before;      // must go before this thread does
    uint32_t yielded_at_event; // so that one yield counts once
};

struct key {
    bool used;
    void (*destructor)(void *);
};

enum { AT_EXIT_MOST = 32 };

enum { WATCH_STATES = 4096 };

// What a run has come by since it is watched (rounds.c).
struct watch {
    bool begun;
    uint32_t count;
    uint64_t memory;               // changes with each write, and back if that is undone
    uint64_t states[WATCH_STATES]; // hashed; 0: none
};

enum { CLOCK_AT_START = 1 }; // of virtual time: what was before is past

struct engine {
    uint8_t current;          // the number of running->self
    struct choosing choosing; // also how many threads and steps there are
    uint64_t clock;           // virtual nanoseconds since the run began
    uint64_t effort, effort_most;
    uint32_t stalled;    // vain attempts since anything changed
    uint32_t stalled_at; // the step at which they began
    uint32_t changed_at; // the step in which anything but a lock last did
    struct watch watch;
    uint64_t last_enabled;
    uint32_t segment; // of a replay: the one that is followed
    uint32_t spurious;
    uint32_t files_changed;          // how often anybody did something to a descriptor
    uint32_t files_awaited;          // files_changed + 1 when waiting in real time was in vain
    const struct schedule *schedule; // of this run
    struct outcome *outcome;
    bool ending; // of the run: what it came to is being written
    bool inside; // whether the run's end returns to the process that runs schedules
    const char
        *too_early; // what the program did before main that cannot be followed, NULL: nothing
    uintptr_t too_early_at; // and where
    void *home;             // where it returns to
    void *home_thread_pointer;
    long allocated_before;               // blocks, when the scene began
    void (*at_exit[AT_EXIT_MOST])(void); // atexit
    uint32_t at_exit_count;
    struct fairness fairness[THREADS_MAX];
    uint32_t guards;    // of stacks, that are set: of all slots used so far, and of the next one
    uint32_t keys_used; // keys of this number and beyond were never made in this run
    struct key keys[KEYS_MOST];
    struct thread threads[THREADS_MAX];
};

extern struct engine *engine;

// Where a wrapped call comes from. Also notes how deep the program's stack is.
#define HERE() (note_frame(), caller_pc())

// The program does `what` in a constructor, before there are runs. Each of them ends by it.
void too_early(const char *what, uintptr_t pc);

// ---- threads.c ----

void threads_set_up(void); // the caller is main
void threads_reset(void);
// Guards the stacks of the first `count` slots on both sides. A guard is set when it is needed, for
// it makes two more mappings, which each fork copies; to be called in the process that forks, too,
// with as many as the program has threads.
void threads_guard(unsigned count);
// Makes a thread that will run function(argument); `pc` is where it is created. More threads at a
// time than there is room for cannot be followed; in an exercise, where nobody needs them and the
// explorer is not to be got rid of so cheaply, the machine then has no more: NULL.
struct thread *thread_begin(void *(*function)(void *), void *argument, uintptr_t pc);
// Makes main's coroutine, which runs `body`.
void thread_begin_main(void (*body)(void));
// Changes to thread `id`.
void thread_switch(unsigned id);
// The calling thread ends: cleanup handlers, destructors, then the others.
_Noreturn void thread_exit(void *result);
// The thread that a pthread_t names, or NULL.
struct thread *thread_named(unsigned long handle);
static inline unsigned long thread_handle(const struct thread *thread)
{
    return thread->id + 1UL;
}
// thread_calls.c: pthread_join, until `deadline` (virtual, 0: for ever), and pthread_create. They
// give 0 or an error's number. `pc` is where the program calls them.
int thread_join(unsigned long handle, void **result, uint64_t deadline, uintptr_t pc);
int thread_create(unsigned long *handle, bool detached, void *(*function)(void *), void *argument,
                  uintptr_t pc);

// ---- schedule.c ----

// A kind of waiting. Static in the file that knows the object.
struct waiting {
    const char *what; // "waits for a mutex"
    // Whether the thread may execute what it is about to do.
    bool (*may_go)(const struct thread *);
    // The thread that it waits for, if that is one; may be NULL.
    const struct thread *(*holder)(const struct thread *);
};

// Ends the run: a thread that must not wait (scene_must_not_wait) would wait.
_Noreturn void end_waiting(void);

// Like point(), for an operation that may have to wait.
void point_waiting(const struct waiting *waiting, enum op op, const void *object, const void *other,
                   uintptr_t pc);
// The same until `deadline` (0: for ever) or a cancellation; false if it ended by one of these.
bool point_until(uint64_t deadline, const struct waiting *waiting, enum op op, const void *object,
                 const void *other, uintptr_t pc);
// Whether the thread's wait has ended without what it waits for.
static inline bool wait_given_up(const struct thread *thread)
{
    return thread->timed_out || thread->interrupted;
}
// Whether who looks in vain goes on looking, in this schedule and so far.
bool is_stubborn(void);
// Whether the thread lives, and what it waits for, if it waits, is there or given up.
bool thread_may_go(const struct thread *thread);
// Goes to whoever is to run next; the calling thread's `next` is set.
void schedule_next(void);
// A choice among `count` by the calling thread, recorded; 0 if there is none.
unsigned pick_among(unsigned count);
// Whether the wait that the calling thread begins ends without a signal, and in which of `ways` to
// do so: 1 to `ways`; or 0, if it does not.
unsigned pick_spurious(unsigned ways);
// To be called before a wait for a lock or a semaphore until `deadline` (0: none): in a scene, the
// deadline may pass already, as if the others were slow.
void pick_lateness(uint64_t deadline, uintptr_t pc);
// That wait was in vain. Where a deadline may have passed early, the step is an attempt that
// failed.
void point_in_vain(enum op attempt);
// The calling thread begins its next event: what it has written in the one before is made known.
void event_begin(struct thread *self);
// How many steps a run may have.
uint32_t steps_most(void);

// ---- await.c ----

// 0: the thread's stack is too deep to be looked at.
uint64_t stack_hash(const struct thread *self);
// The thread gives way, from `pc`.
void yields(struct thread *self, uintptr_t pc);

// ---- rounds.c ----

// What a run that does not end comes to in time.
enum phase {
    PHASE_UNWATCHED,
    PHASE_BY_CHANCE, // who goes round is watched; anybody goes next,
    PHASE_IN_TURN,   // or each for as long as it can, whatever the chooser would do
};
enum phase rounds_phase_apart(void); // of a run in a process of its own
static inline enum phase rounds_phase(void)
{
    return engine->inside ? PHASE_UNWATCHED : rounds_phase_apart();
}
// The thread, which runs and is watched, has come to a point at `pc`.
void round_point(const struct thread *self, uintptr_t pc);
// Memory that others see holds something else now than `before`.
void memory_written(const void *address, size_t size, const void *before);
// Whether the run has gone on for nothing; who goes round then counts as spinning.
bool rounds_get_nowhere(void);

// ---- story.c ----

// The thread's last step is done: what it left is to be noted.
void story_step_ends(struct thread *self);

// ---- stuck.c ----

// Nobody can simply run. Gives a mask of threads that may go on all the same; 0: something changed.
uint64_t stuck(void);
// Nobody gets on any more: the run ends with that.
_Noreturn void end_stuck(bool spinning);

// ---- fair.c ----

// A thread begins in the slot `id`: it has nobody to let go first.
void fairness_thread_begins(unsigned id);
// The current thread has made its step, and the threads of the mask can run: which of them may be
// chosen; all, if each would have to let another go first.
uint64_t fairness_narrow(uint64_t enabled);
// Thread `id`, of those that could run, goes on.
void fairness_chosen(unsigned id, uint64_t enabled);

// ---- time.c ----

// A deadline in virtual nanoseconds: at the time of `clock` that a struct timespec tells, 0 (none) if
// that is years from now; or so long from now, never 0.
uint64_t deadline_of(const void *timespec, int clock);
uint64_t deadline_after(uint64_t nanoseconds);

// ---- cancel.c ----

// Exits the thread if it has been cancelled and may be.
void cancellation_point(void);

// Whether the thread has been cancelled, and a wait of this kind ends by that at once.
bool cancelled_before(enum op op);

// ---- locks.c ----

// The calling thread has taken a lock at `pc`. `robust`: it may end while it holds it.
void lock_held(const void *object, bool robust, uintptr_t pc);
// The calling thread ends: it should hold no lock. Leaves its robust mutexes to whoever comes next.
void locks_leave(void);
// The thread has given back a lock that it held.
void lock_released(struct thread *thread, const void *object);
// What a mutex and a condition variable need of each other.
bool mutex_free_for(const void *mutex, const struct thread *thread);
// Whether the thread waits for a condition that was signalled when nobody waited.
bool condition_missed(const struct thread *thread);

// ---- run.c ----

void run_set_up(int argc, char **argv, char **environment);
// The calling coroutine leaves the run for good.
_Noreturn void run_leave(void);
// What the last run with a story has printed; valid until the next.
const char *run_output(size_t *length);

// ---- ends.c ----

void ends_set_up(void);
// The end of main (returned), or of a scene, or by exit.
_Noreturn void program_ends(int status, bool returned);

// ---- scenes.c ----

// Runs scene `index` in the calling coroutine; does not return.
_Noreturn void scene_run(int index);

// ---- files.c ----

// Waits in real time for descriptors that threads wait for; whether any became ready.
bool files_wait(void);
