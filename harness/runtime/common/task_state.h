// Between asleep.c and native_nudge.c, which both ask the kernel what a thread is doing.
#pragma once

// The letter that /proc/self/task/THREAD/stat has for a thread of this process, given by its number
// (gettid): 'R' runs or is ready to, 'S' sleeps; see proc(5). 0 if the kernel does not tell. Raw
// system calls only: unseen by detectors, no cancellation point, fit for a signal handler.
char racelings_task_state(long thread);
