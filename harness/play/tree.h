// All that can be played in a scene, move by move, as far as there is room for it.
#pragma once

#include "game.h"

#include <jansson.h>

// Plays every move of `game`, which stands at its beginning and is there again at the end, up to
// `most` positions. A new reference:
//
//   { "rows": [...],               as in a story (output/json.c), each once; positions number them
//     "nodes": [                   positions; the first is the beginning
//       { "schedule": "x1:1.2",    leads here
//         "rows": [0, 3],          what has happened
//         "choices": [             the threads; none if the program has ended
//           { "thread": 1, "file", "line", "source", "does": "reads counter->value",
//             "goes": true,        it can go on
//             "to": 5 } ],         the position after its step; null: there is no room for that
//         "end": "broken",         or "well"; null: it goes on
//         "message": "..." } ],    of what is broken, or seen on the way; null: nothing
//     "cut": 0 }                   moves for which there is no room
//
// A thread that only looks again at what has not changed does not go on: nothing would come of it.
// NULL with `problem` filled if the program cannot be run.
json_t *tree_explore(struct game *game, const char *root, int most, struct problem *problem);

// The same form of the one position where the game stands, with its rows added to those of `tree`.
// Returns its number.
int tree_add(json_t *tree, const struct game *game, const char *root);
