// Which objects threads share, as far as any run of a game has shown: used by two, and changed by
// one. What a thread does with others nobody can notice.
#pragma once

#include "judge/story.h"

struct shared;

struct shared *shared_new(const void *context);

// Learns from the steps of a run.
void shared_note(struct shared *shared, const struct path *path);

// Whether the step uses such an object, in a way that matters.
bool shared_has(const struct shared *shared, const struct step *step);
