// A village whose people are child processes, and the reaper who comes for them when their lives are
// over. For a program with one thread, which he may interrupt anywhere.
#pragma once

#include <sys/types.h>

enum { REAPER_MOST = 64 }; // so many people, those included whom he has fetched

// The reaper takes up his duty. To be called once, before anybody is born.
void reaper_start(void);

// A person is born: a child process that lives life(data), and ends. What life returns, 0 to 255, is
// the weight of the soul in grams; the caller's atexit functions are not called. Returns the process's
// number; -1 if nobody more can be born.
pid_t reaper_birth(int (*life)(void *data), void *data);

// How many people have not been fetched. Who is dead by then is not among them, no matter how many
// died, how close together, and how young: of the dead, nobody stays in the churchyard.
int reaper_unfetched(void);

// What a person's soul weighed. Known when the person has died; until then, -1.
//
// The reaper comes and goes unnoticed: neither does he wait for the living, nor does whom he interrupts
// find another errno afterwards than the one that was there; and who waits in a read waits on. Signals
// that were blocked before a call are blocked after it.
int reaper_weight(pid_t person);
