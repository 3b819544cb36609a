// The game as a page: one file that needs nothing else, to be played in any browser.
#pragma once

#include "judge/player.h"

// Writes `path` with all that can be played in the scene called `scene` (see session.h; NULL: the
// first there is), as far as there is room, and says on standard output what is in it. False with
// `problem` filled if there is no such scene, the explorer failed, or the file cannot be written.
bool sheet_write(const struct player *player, const struct subject *subject, const char *scene,
                 const char *replay_name, const char *path, struct problem *problem);
