// A program that is built once and then run under the explorer as often as somebody who plays with
// it likes: every time from the start, by one schedule, which stops where it ends. Nothing of the
// program stays alive between two runs. Called by play/.
#pragma once

#include "judge.h"

struct player;

// Builds `subject`. A talloc child of `context`, which owns the program's folder; borrows
// `subject`. NULL with `problem` filled if it does not build, or nothing can be built.
struct player *player_open(const void *context, const struct subject *subject,
                           struct problem *problem);

// Which scenes there are: fills reading->searches, the driver last. This and what follows: all that
// is made is a talloc child of `context`; false with `problem` filled if the explorer failed.
bool player_list(const struct player *player, void *context, struct reading *reading,
                 struct problem *problem);

// Runs `schedule` ("x1:1.5-2.9") in `scene` (NULL: the driver) and stops where it ends. The reading
// holds a finding with the story so far, and where all threads stand, only by addresses.
bool player_run(const struct player *player, void *context, const char *scene, const char *schedule,
                struct reading *reading, struct problem *problem);

// The same to the program's end: behind the schedule the threads take turns.
bool player_tell(const struct player *player, void *context, const char *scene,
                 const char *schedule, struct reading *reading, struct problem *problem);

// Fills in places and names.
void player_name(const struct player *player, void *context, struct reading *reading);

// What the explorer says of the whole scene. Takes seconds.
bool player_judge(const struct player *player, void *context, const char *scene,
                  struct reading *reading, struct problem *problem);

// The verdict on `finding` alone in one sentence, a talloc child of `context`.
const char *player_sentence(const void *context, const struct finding *finding);
