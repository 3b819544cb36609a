// Who posts which semaphore: what a thread that waits for one might still have got. A deadlocked
// schedule itself does not show it, others do.
#pragma once

#include "engine.h"

struct posts;

// Runs a few schedules of the scene by chance, and gives the posts that they show. Never freed. The
// outcome of the run before is overwritten.
const struct posts *posts_seen(int scene);

struct poster {
    uint8_t thread;
    uintptr_t pc; // where it posts
};

// Of a run that has ended in a deadlock: who else cannot go on, and would have come to post the
// semaphore that the thread waits for. False if nobody is known.
bool posts_missed(const struct posts *posts, const struct outcome *outcome,
                  const struct thread_state *waiting, struct poster *poster);
