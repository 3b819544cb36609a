// A sitting at the game: keys come, positions are shown, until the player has had enough.
#pragma once

#include "judge/player.h"

// Plays in the scene called `scene` (blanks may be underscores; "driver": no scene; NULL: the
// player chooses). `replay_name` is what `racelings replay` calls the program. False with `problem`
// filled if there is no such scene, or the explorer failed.
bool session_play(const struct player *player, const struct subject *subject, const char *scene,
                  const char *replay_name, struct problem *problem);
