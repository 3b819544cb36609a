// See game.h.

#include "game.h"

#include "base/text.h"
#include "play/shared.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    THREADS_MOST = 64,
    FAR = 1000000,      // events that are looked ahead for a thread's next step
    ROUNDS_MOST = 1000, // of what needs no choosing, between two steps
};

// What a thread will do at `event`, as far as it has been seen.
struct ahead {
    long event; // -1: it has not been looked at
    bool known;
    struct step step;
};

struct stretch {
    int thread;
    long until; // it runs up to this event of its own
};

// A position, and what is needed to go on from there.
struct state {
    struct position position;
    struct stretch *stretches; // the schedule
    size_t stretch_count;
    const char *picks; // the rest of the schedule string
    int mover;         // who made the last move; -1: nobody
    bool to_end;       // behind the schedule the threads take turns until the program ends
    struct ahead ahead[THREADS_MOST];
    struct reading reading;
    void *run;                             // owns the reading
    const struct step *next[THREADS_MOST]; // named
};

struct game {
    const struct player *player;
    const char *scene;
    struct shared *shared;
    struct state **states; // one behind the other; the last is where we are
    size_t count;
};

static struct state *current(const struct game *game)
{
    return game->states[game->count - 1];
}

const struct position *game_position(const struct game *game)
{
    return &current(game)->position;
}

// ---- Schedules ----

static void append(struct state *state, int thread, long until)
{
    struct stretch *last =
        state->stretch_count > 0 ? &state->stretches[state->stretch_count - 1] : NULL;
    if (last && last->thread == thread) {
        last->until = until;
        return;
    }
    state->stretches =
        array_grow(state, state->stretches, sizeof *state->stretches, state->stretch_count);
    state->stretches[state->stretch_count++] = (struct stretch){thread, until};
}

// The string, with `thread` running up to `until` at its end (-1: nobody).
static char *schedule_of(const void *context, const struct state *state, int thread, long until)
{
    char *text = talloc_strdup(context, "x1:");
    for (size_t i = 0; i < state->stretch_count; i++)
        text = talloc_asprintf_append(text, "%s%d.%ld", i > 0 ? "-" : "",
                                      state->stretches[i].thread, state->stretches[i].until);
    if (thread >= 0)
        text = talloc_asprintf_append(text, "%s%d.%ld", state->stretch_count > 0 ? "-" : "", thread,
                                      until);
    return talloc_strdup_append(text, state->picks);
}

static bool read_schedule(struct state *state, const char *text)
{
    const char *at = strchr(text, ':');
    char *end;
    while (at && *at && at[1] && *at != '~') {
        long thread = strtol(at + 1, &end, 10);
        if (*end != '.')
            return false;
        append(state, (int)thread, strtol(end + 1, &end, 10));
        at = end;
    }
    state->picks = talloc_strdup(state, at && *at == '~' ? at : "");
    return at != NULL;
}

// ---- Running ----

// The finding that tells of a run: how it ended is the last of them.
static struct finding *telling(struct reading *reading)
{
    return &reading->findings[reading->count - 1];
}

static bool run(struct game *game, struct state *state, struct problem *problem)
{
    talloc_free(state->run);
    state->run = talloc_new(state);
    const char *schedule = schedule_of(state->run, state, -1, 0);
    bool ran =
        state->to_end
            ? player_tell(game->player, state->run, game->scene, schedule, &state->reading, problem)
            : player_run(game->player, state->run, game->scene, schedule, &state->reading, problem);
    if (ran)
        shared_note(game->shared, &telling(&state->reading)->story->bad);
    return ran;
}

static struct standing_thread *thread_in(struct reading *reading, int thread)
{
    struct story *story = telling(reading)->story;
    for (size_t i = 0; i < story->thread_count; i++)
        if (story->threads[i].thread == thread)
            return &story->threads[i];
    return NULL;
}

// Where a thread stood at the end of a run that was meant for it alone.
static long reached(struct reading *reading, int thread)
{
    const struct path *path = &telling(reading)->story->bad;
    const struct standing_thread *standing = thread_in(reading, thread);
    long event = standing ? standing->event : 0;
    for (size_t i = 0; i < path->count && !reading->paused; i++)
        if (path->steps[i].thread == thread && path->steps[i].event > event)
            event = path->steps[i].event;
    return event + (!reading->paused || (standing && standing->stand == STAND_ENDED));
}

// The first step of `thread` from its event `least` on that others can notice; NULL if there is
// none. If it is `alone`, nobody does before it has created another.
static const struct step *next_step(const struct game *game, const struct path *path, int thread,
                                    long least, bool alone)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct step *step = &path->steps[i];
        if (step->thread != thread || step->event < least)
            continue;
        alone = alone && step->deed != DEED_CREATE;
        if (!alone && shared_has(game->shared, step))
            return step;
    }
    return NULL;
}

// Looks for such a step: lets the thread run on by itself, in vain. `until` becomes that step's
// event, or where the thread came to without one.
static bool look_ahead(struct game *game, struct state *state, int thread, long least, bool alone,
                       long *until, struct problem *problem)
{
    struct reading reading;
    void *scratch = talloc_new(NULL);
    struct ahead *ahead = &state->ahead[thread];
    const char *schedule = schedule_of(scratch, state, thread, least + FAR);
    bool ran = player_run(game->player, scratch, game->scene, schedule, &reading, problem);
    *ahead = (struct ahead){.event = -1};
    if (ran) {
        const struct path *path = &telling(&reading)->story->bad;
        shared_note(game->shared, path);
        const struct step *step = next_step(game, path, thread, least, alone);
        if (step)
            *ahead = (struct ahead){.event = step->event, .known = true, .step = *step};
        *until = step ? step->event : reached(&reading, thread);
        if (!reading.paused && *until <= least) // it went on to the end, too long to be told
            *until = least + FAR;
    }
    talloc_free(scratch);
    return ran;
}

// A thread that can run and has not been looked at where it stands; NULL if all have.
static const struct standing_thread *unsettled(struct state *state)
{
    const struct story *story = telling(&state->reading)->story;
    for (size_t i = 0; i < story->thread_count; i++) {
        const struct standing_thread *thread = &story->threads[i];
        if (thread->stand == STAND_RUNS && thread->thread < THREADS_MOST &&
            state->ahead[thread->thread].event != thread->event)
            return thread;
    }
    return NULL;
}

// The only thread that has not ended; NULL if there are more. Nobody is left to notice what it
// does.
static const struct standing_thread *survivor(struct state *state)
{
    const struct story *story = telling(&state->reading)->story;
    const struct standing_thread *left = NULL;
    for (size_t i = 0; i < story->thread_count; i++) {
        if (story->threads[i].stand == STAND_ENDED)
            continue;
        if (left)
            return NULL;
        left = &story->threads[i];
    }
    return left && left->stand == STAND_RUNS && left->thread < THREADS_MOST ? left : NULL;
}

// Lets every thread run up to its next step, and the last one to its end. Spinning threads are left
// where they are: their looking has no end.
static bool settle(struct game *game, struct state *state, struct problem *problem)
{
    const struct standing_thread *thread;
    if (!run(game, state, problem))
        return false;
    for (int round = 0; round < ROUNDS_MOST && state->reading.paused; round++) {
        bool alone = (thread = survivor(state)) != NULL;
        if (!alone && (thread = unsettled(state)) == NULL)
            break;
        int id = thread->thread;
        long event = thread->event, until;
        if (!look_ahead(game, state, id, event, alone, &until, problem))
            return false;
        if (until <= event) {
            state->ahead[id].event = event;
            continue;
        }
        append(state, id, until);
        if (!run(game, state, problem))
            return false;
    }
    return true;
}

// ---- Names ----

// Marks what is to be told.
static void mark_steps(const struct game *game, struct path *path)
{
    for (size_t i = 0; i < path->count; i++)
        path->steps[i].wanted = shared_has(game->shared, &path->steps[i]);
}

// Names the story, and with it the steps that are to come: they stand behind those made meanwhile.
static void name(const struct game *game, struct state *state)
{
    struct finding *finding = telling(&state->reading);
    struct path *path = &finding->story->bad;
    size_t made = path->count;
    size_t places[THREADS_MOST];
    mark_steps(game, path);
    for (int i = 0; i < THREADS_MOST; i++) {
        const struct standing_thread *thread = thread_in(&state->reading, i);
        places[i] = 0;
        if (!state->ahead[i].known || !thread || state->ahead[i].event != thread->event)
            continue;
        path->steps = array_grow(state->run, path->steps, sizeof *path->steps, path->count);
        places[i] = path->count;
        path->steps[path->count] = state->ahead[i].step;
        path->steps[path->count].place =
            (struct place){.address = state->ahead[i].step.place.address};
        path->count++;
    }
    player_name(game->player, state->run, &state->reading);
    for (int i = 0; i < THREADS_MOST; i++)
        state->next[i] = places[i] > 0 ? &path->steps[places[i]] : NULL;
    path->count = made;
}

static const struct finding *race_in(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->findings[i].kind == KIND_DATA_RACE)
            return &reading->findings[i];
    return NULL;
}

// What main does at the end, when the others have ended, is no part of the game.
static void leave_out_end(struct finding *finding)
{
    struct path *path = &finding->story->bad;
    bool is_normal = finding->kind == KIND_NOTHING || finding->kind == KIND_DATA_RACE ||
                     finding->kind == KIND_WRONG_RESULT;
    while (is_normal && path->count > 0 && path->steps[path->count - 1].thread == 0)
        path->count--;
}

// Nor what it does at the beginning, before it has created another.
static void leave_out_beginning(struct finding *finding)
{
    struct path *path = &finding->story->bad;
    size_t first = 0;
    while (first < path->count && path->steps[first].thread == 0 &&
           path->steps[first].deed != DEED_CREATE)
        first++;
    path->steps += first;
    path->count -= first;
}

static void describe(const struct game *game, struct state *state)
{
    name(game, state);
    state->position.schedule = schedule_of(state->run, state, -1, 0);
    state->position.ended = !state->reading.paused;
    state->position.finding = telling(&state->reading);
    if (state->position.ended)
        leave_out_end(state->position.finding);
    leave_out_beginning(state->position.finding);
    state->position.race = race_in(&state->reading);
}

// ---- Moves ----

static struct state *state_new(const struct game *game)
{
    struct state *state = talloc_zero(game, struct state);
    state->picks = "";
    state->mover = -1;
    for (int i = 0; i < THREADS_MOST; i++)
        state->ahead[i].event = -1;
    return state;
}

// A state that begins where the current one is.
static struct state *state_after(const struct game *game)
{
    const struct state *now = current(game);
    struct state *state = state_new(game);
    state->picks = now->picks;
    for (size_t i = 0; i < now->stretch_count; i++)
        append(state, now->stretches[i].thread, now->stretches[i].until);
    memcpy(state->ahead, now->ahead, sizeof state->ahead);
    state->position.moves = now->position.moves + 1;
    return state;
}

// Takes up the state as the newest, or frees it if it cannot be run.
static bool enter(struct game *game, struct state *state, struct problem *problem)
{
    if (!settle(game, state, problem)) {
        talloc_free(state);
        return false;
    }
    describe(game, state);
    game->states = array_grow(game, game->states, sizeof *game->states, game->count);
    game->states[game->count++] = state;
    return true;
}

// Runs all of it once in turn, to learn what is shared.
static bool learn(struct game *game, struct problem *problem)
{
    struct reading reading;
    void *scratch = talloc_new(NULL);
    bool ran = player_tell(game->player, scratch, game->scene, "x1:", &reading, problem);
    if (ran)
        shared_note(game->shared, &telling(&reading)->story->bad);
    talloc_free(scratch);
    return ran;
}

struct game *game_new(const void *context, const struct player *player, const char *scene,
                      struct problem *problem)
{
    struct game *game = talloc_zero(context, struct game);
    game->player = player;
    game->scene = scene;
    game->shared = shared_new(game);
    if (learn(game, problem) && enter(game, state_new(game), problem))
        return game;
    talloc_free(game);
    return NULL;
}

bool game_choice(const struct game *game, int thread, struct choice *choice)
{
    struct state *state = current(game);
    if (thread < 0 || thread >= THREADS_MOST || state->position.ended)
        return false;
    choice->thread = thread_in(&state->reading, thread);
    choice->next = state->next[thread];
    choice->may_go = choice->thread &&
                     (choice->thread->stand == STAND_RUNS || choice->thread->stand == STAND_SPINS);
    return choice->thread != NULL;
}

// Why `thread` cannot go on; true if it can, with `choice` filled.
static bool check_move(const struct game *game, int thread, struct choice *choice,
                       struct problem *problem)
{
    if (game_position(game)->ended)
        return problem_set(problem, "The program has ended: u takes a step back, r begins again.");
    if (!game_choice(game, thread, choice))
        return problem_set(problem, "There is no T%d now.", thread);
    if (choice->may_go)
        return true;
    return problem_set(problem,
                       choice->thread->stand == STAND_ENDED
                           ? "T%d has ended."
                           : "T%d has to wait: another one must go first.",
                       thread);
}

// One step, or, if nobody is to be heeded, as far as it comes.
static bool move(struct game *game, int thread, bool heedless, struct problem *problem)
{
    struct choice choice;
    long until;
    if (!check_move(game, thread, &choice, problem))
        return false;
    struct state *state = state_after(game);
    state->mover = thread;
    if (!look_ahead(game, state, thread, choice.thread->event + 1, heedless, &until, problem)) {
        talloc_free(state);
        return false;
    }
    append(state, thread, until);
    return enter(game, state, problem);
}

bool game_step(struct game *game, int thread, struct problem *problem)
{
    return move(game, thread, false, problem);
}

bool game_go_on(struct game *game, struct problem *problem)
{
    int mover = current(game)->mover;
    if (mover < 0)
        return problem_set(problem, "Nobody has made a step yet.");
    return move(game, mover, true, problem);
}

bool game_go(struct game *game, const char *schedule, struct problem *problem)
{
    struct state *state = state_new(game);
    state->position.moves = current(game)->position.moves + 1;
    state->to_end = true;
    if (read_schedule(state, schedule))
        return enter(game, state, problem);
    talloc_free(state);
    return problem_set(problem, "\"%s\" is no schedule.", schedule);
}

bool game_undo(struct game *game)
{
    if (game->count < 2)
        return false;
    talloc_free(game->states[--game->count]);
    return true;
}

bool game_restart(struct game *game)
{
    bool any = false;
    while (game_undo(game))
        any = true;
    return any;
}
