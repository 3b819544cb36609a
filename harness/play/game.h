// A game: somebody else is the scheduler of a scene, and chooses step by step which thread goes on.
// A step ends where the thread is about to do the next thing that other threads can notice: use an
// object that they use too, and that somebody changes. All else needs no choosing and is run at
// once.
//
// The game keeps schedules, not processes: each position is seen by running the program from its
// start (judge/player.h).
#pragma once

#include "judge/player.h"
#include "judge/story.h"

struct game;

// A place in the game.
struct position {
    size_t moves;               // chosen so far
    const char *schedule;       // the string that leads here
    bool ended;                 // the program has come to its end
    struct finding *finding;    // the story so far; if `ended`, what it came to
    const struct finding *race; // a data race that has been seen on the way; NULL: none
};

// A thread as the player sees it.
struct choice {
    const struct standing_thread *thread;
    const struct step *next; // what it does next; NULL: not known
    bool may_go;
};

// Begins a game in the scene called `scene` (NULL: the driver). A talloc child of `context`;
// borrows the others. NULL with `problem` filled if the program cannot be run.
struct game *game_new(const void *context, const struct player *player, const char *scene,
                      struct problem *problem);

const struct position *game_position(const struct game *game);

// How `thread` stands in this position. Fills `choice`; false if there is no such thread.
bool game_choice(const struct game *game, int thread, struct choice *choice);

// Lets `thread` make a step. It may do so, or this returns false with `problem` telling why not;
// then nothing has changed.
bool game_step(struct game *game, int thread, struct problem *problem);

// Lets the thread that has made the last move go on as far as it comes: to where it ends or has to
// wait, or has created another thread. One move; false as game_step.
bool game_go_on(struct game *game, struct problem *problem);

// Goes to the end to which `schedule` leads, as one move. False as game_step.
bool game_go(struct game *game, const char *schedule, struct problem *problem);

// Takes back a move, or all. False if there is none.
bool game_undo(struct game *game);
bool game_restart(struct game *game);
