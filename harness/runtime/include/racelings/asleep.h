// For drivers that must know whether a call waits for something: whether the thread in it is
// asleep. Looking orders nothing, and the detectors do not see it.
#pragma once

#include <sys/types.h>
#include <time.h>

// A thread that others look at.
struct watched {
    long number;     // as the kernel counts threads
    clockid_t clock; // the processor time it has used
};

// The calling thread can be looked at from now on, as long as it lives.
void asleep_watch_me(struct watched *self);

// Returns as soon as the thread is off the processor of its own will; or has computed for some
// milliseconds more, as one does that goes ahead without waiting. Not limited otherwise.
void asleep_or_busy(const struct watched *thread);

// The same for the first thread of another process. Returns also if that has ended.
void asleep_process_or_busy(pid_t process);

// The letter that proc(5) has for what a thread, or the first one of another process, does: 'R' if
// it runs or is ready to, 'S' asleep, 'Z' ended and not waited for; 0 if the kernel does not tell,
// or it is gone.
char asleep_task_state(long number);
