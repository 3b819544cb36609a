// Scenes: small programs beside a driver, each of which checks one sentence of the exercise's
// header. A judge that steers the schedule runs each of them once for every interleaving that can
// come out differently; the other judges do not see them.
//
// In a scene the main thread sets up, two or three threads (the parts) make a call or two each, all
// at once, and the main thread looks at what came of it. What the parts find out they write into a
// structure of their own and leave the judging to the end, unless it cannot wait.
//
// Time is virtual: a time-out fires, and a rendezvous_meet fails, only when no thread can go on
// without. So a meeting that fails is a thread that was kept waiting, and no patience is needed.
#pragma once

#include <stdbool.h>

struct scene {
    const char *name;       // "last piece"; unique in its file
    const char *promise;    // what it checks: words of the header, a sentence or part of one
    void (*set_up)(void);   // by the main thread alone; NULL: nothing to set up
    void (*parts[4])(void); // each by a thread of its own, all at once; NULL after the last one
    void (*end)(void);      // by the main thread, when all parts have returned; NULL: nothing to do
};

// Defined in scenes.c; ended by one without a name.
extern const struct scene scenes[];

// Whether the promise held. If not, the scene ends here, and `what` tells what should have been.
void scene_expect(bool holds, const char *what);

// The same with the condition's own text.
#define EXPECT(condition) scene_expect((condition), #condition)

// With true: from here on the calling thread must not wait, for a lock, a signal or anybody, nor
// sleep. If it would all the same, the scene ends and the promise is broken. With false: it may
// again.
void scene_must_not_wait(bool on);

// Whether a time-out had to fire since the scene began, because nobody could go on without.
bool scene_timed_out(void);

// How many blocks of memory are allocated now and were not when the scene began.
long scene_allocated(void);
