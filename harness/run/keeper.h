// The keeper: the fork of the harness that starts one command and ends whatever it leaves behind.
// process.c tells how it works, and is the only one that calls it.
#pragma once

#include "process.h"

#include <sys/types.h>

enum message_kind { STEP_FAILED, NOT_STARTED, ALL_OVER };

// What the keeper, or the command before exec, tells the caller.
struct message {
    enum message_kind kind;
    int error;        // STEP_FAILED, NOT_STARTED: errno
    const char *step; // STEP_FAILED: what was tried; a literal, at the same address in a fork
    double seconds;   // ALL_OVER from here on: from struct run's started to the command's end
    int status;       // as waitpid gives it
    int left_running; // see struct outcome
    int ended_by_us;  // 1: the caller asked before the command ended by itself
    int unkillable;   // 1: something withstood SIGKILL and is still there
};

// What the caller asks of the keeper: the end of the command, by its polite signal first or by
// SIGKILL; the latter is heeded also when the command has ended and what it left behind has not.
enum request { END, END_AT_ONCE };

// The whole life of the keeper: called in a fork of the harness, with every signal blocked. Runs
// `command` with its output into the pipe `output`, tells the caller through `channel`. `seal` is
// the command's SEAL_DESCRIPTOR, or -1. `started` is the caller's start, so that both clocks agree.
_Noreturn void keep(const struct command *command, double started, int channel, int output,
                    int seal);

// Closes it unless it is negative: a cleanup function.
void close_descriptor(const int *descriptor);

// For poll: at least the time until `moment`, but never more than a minute (callers loop).
int milliseconds_until(double moment);
