// A tiny machine on which the reduction, the choosers and the shrinking are tried: threads that run
// straight lines of operations on a few objects, with the meaning that the explorer's engine gives
// them.
//
// A machine is a value: a copy of it goes on by itself, so that all interleavings can be tried by
// brute force.
#pragma once

#include "choose.h"
#include "schedule_string.h"

enum { TOY_THREADS = 4, TOY_LINES = 24, TOY_OBJECTS = 3, TOY_STEPS = 64 };

// One line of a thread's program.
struct toy_line {
    enum op op; // OP_NONE: a jump, which is no step. OP_SPIN: reads and yields until it is not 0
    uint8_t object; // index among the objects of its kind; of CREATE and JOIN the thread
    uint8_t other;  // WAIT: the mutex; WRITE: the value; RW_TRY: 1 if it tries to write
    int8_t skip; // lines left out: after a read that was not 0, after a try that failed, at a jump
};

struct toy_program {
    unsigned threads;
    unsigned created; // mask: threads that begin only when another creates them
    struct toy_line lines[TOY_THREADS][TOY_LINES]; // ended by OP_EXIT
    uint8_t counts[TOY_OBJECTS];                   // of semaphores, at the beginning
    uint8_t parties;                               // of every barrier and meeting
    bool spurious;                                 // whether a wait may end for nothing, once a run
};

struct toy_thread {
    uint8_t line;
    bool alive, ended;
    bool waits, signalled; // for a condition: stands before OP_WAKE
    bool arrived;          // stands before OP_BARRIER_PASS or OP_MEET_PASS
    uint32_t phase;        // arrived in
    bool yields;           // in OP_SPIN: stands before OP_YIELD
    bool circles;          // and has looked twice at what has not changed
    uint32_t looked;       // how often that had changed when it looked, plus 1
    uint32_t events;       // made; the next one has this number plus 1
    uint64_t seen;         // hash of all that it has seen
};

struct toy {
    const struct toy_program *program;
    struct toy_thread threads[TOY_THREADS];
    uint64_t memory[TOY_OBJECTS];
    uint32_t changes[TOY_OBJECTS]; // of memory
    uint8_t owners[TOY_OBJECTS];   // of mutexes: thread + 1
    uint8_t counts[TOY_OBJECTS];
    uint8_t writers[TOY_OBJECTS], readers[TOY_OBJECTS];
    uint8_t once[TOY_OBJECTS];
    uint32_t phases[2 * TOY_OBJECTS], arrived[2 * TOY_OBJECTS]; // barriers, then meetings
    bool spurious_spent;
    uint32_t count;
    struct step steps[TOY_STEPS];
};

void toy_begin(struct toy *toy, const struct toy_program *program);

uint64_t toy_enabled(const struct toy *toy); // mask of threads that can go on
uint64_t toy_live(const struct toy *toy);    // mask of threads that have begun and not ended

// What the thread, which is live, is about to do.
struct operation toy_next(const struct toy *toy, unsigned thread);

// How many ways of doing it there are: 1 where there is no choice.
unsigned toy_choices(const struct toy *toy, unsigned thread);

// Does it. `choice` is below toy_choices.
void toy_step(struct toy *toy, unsigned thread, unsigned choice);

// What came of a finished run: what each thread saw and where it stands, and all objects. Equal for
// runs that nobody could tell apart.
uint64_t toy_result(const struct toy *toy);

// A whole run, from the beginning, as the engine makes it: by the schedule's chooser, or by replay.
// False if it was given up (CHOOSE_NOBODY).
bool toy_run(struct toy *toy, const struct toy_program *program, const struct schedule *schedule);

// The script that repeats the run.
void toy_script(const struct toy *toy, struct script *script);

uint64_t toy_mix(uint64_t hash, uint64_t value);
