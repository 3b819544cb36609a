// One command, from start to the end of its whole process tree. Knows clocks, pipes, signals and
// process trees; nothing of compilers, detectors or exercises.
#pragma once

#include "base/problem.h"

#include "resident.h"
#include "stacks.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

// What to run. Everything is borrowed from the caller for the length of the call.
struct command {
    const char *const *argv;  // NULL-terminated; argv[0] is looked up along PATH
    const char *const *env;   // NULL-terminated "NAME=value" list, the whole environment;
                              // NULL: the caller's environment
    const char *input;        // a file to read as standard input; NULL: nothing is there
    const char *directory;    // working directory; NULL: the caller's
    double seconds;           // limit: of the clock for what waits, of processor time for what
                              // computes, which has PATIENCE times as long by the clock
    const atomic_bool *hurry; // once it is true, `seconds` are `hurried_seconds` at the most;
    double hurried_seconds;   // NULL: never
    size_t output_limit;      // bytes of output after which the command is ended
    size_t memory_limit;      // bytes of resident memory of all its processes together, after which
                              // it is ended; looked at every 20 to 60 ms. 0: none
    size_t most_processes;    // of its tree at once; with more it is ended, likewise. 0: no limit
    const char *status_file;  // made anew, and open in the command as STATUS_DESCRIPTOR; NULL: none
    const char *filter_file;  // open in the command as FILTER_DESCRIPTOR, for reading; NULL: none
    struct overseer overseer; // what of its processes is a tool's
    int polite_signal;        // sent first when a limit is passed, SIGKILL two seconds later;
                              // 0: SIGKILL at once
    bool tells_stacks;        // look where its threads stand before its time is up: stacks.h
    bool sealed;              // hand in a word that proves the end: see seal.h
    bool secluded;            // of one that is sealed: what it executes may open files, but none of
                              // its own memory
    bool fixed_addresses;     // switch address space randomisation off (ADDR_NO_RANDOMIZE)
};

enum { STATUS_DESCRIPTOR = 4, FILTER_DESCRIPTOR = 5, PATIENCE = 10 };

enum ending {
    ENDED_EXITED,      // by itself; number is the exit status
    ENDED_SIGNALLED,   // by a signal it brought on itself; number is the signal
    ENDED_TIMEOUT,     // by us: the clock ran out
    ENDED_FLOOD,       // by us: it wrote more than output_limit bytes
    ENDED_MEMORY,      // by us: it used more than memory_limit
    ENDED_CROWD,       // by us: it was more than most_processes processes
    ENDED_NOT_STARTED, // exec failed; number is errno
};

struct outcome {
    enum ending ending;
    int number;         // exit status, signal or errno, as `ending` says
    double seconds;     // wall-clock time the command took
    char *output;       // standard output and standard error as they came, interleaved;
                        // NUL-terminated, a talloc child of the context given to process_run
    size_t output_size; // bytes in output, without the NUL; at most output_limit
    bool filtered;      // by the sandbox's filter of system calls: the command was no clean one
    bool sealed;        // the word came back whole, once, with `main_status`
    int main_status;    // what main returned
    double computed;    // TIMEOUT: seconds of processor time it had had by then
    bool waited;        // TIMEOUT: none of its threads went on
    bool stuck;         // TIMEOUT, before its time: nor could any have gone on, for each waited
                        // for another
    struct call_stack *stacks; // TIMEOUT, where the command was to tell: its threads; like output
    size_t stack_count;
    int left_running; // processes that outlived the command by more than half a second, and
                      // were ended; 0 for a well-behaved command
};

// Runs `command` in a process group of its own with `input` as its standard input, waits for it,
// ends every process it started (also those that moved to a session of their own), and fills
// `outcome`. Nothing of it is running afterwards. Safe to call from several threads at once.
// Returns false, with `problem` filled, only when the harness itself failed (no pipe, no memory); a
// command that cannot be started is an outcome, ENDED_NOT_STARTED.
bool process_run(const void *context, const struct command *command, struct outcome *outcome,
                 struct problem *problem);

// A command that is started before its time, and waits for words on its standard input.
struct started;

// Starts it, in the way of process_run; its limits mean nothing yet. A talloc child of `context`,
// whose end is the end of all its processes, as is that of the harness. NULL if that failed.
struct started *process_start(const void *context, const struct command *command);

// Hands in the words, as many as a pipe holds. False if it has ended, or does not take them.
bool process_hand_in(struct started *started, const void *words, size_t size);

// Goes on as process_run does with `command`, as which it is known from now on: its time begins,
// and its limits hold.
bool process_finish(const void *context, struct started *started, const struct command *command,
                    struct outcome *outcome, struct problem *problem);

// Whether the harness ended the run, and what is said of its end is only of that.
bool process_ended_by_us(const struct outcome *outcome);

// From now on whatever this thread runs ends, with all its processes, as soon as `descriptor` is
// readable, and nothing more is started: process_run then returns false. -1: no longer.
void process_heed(int descriptor);
