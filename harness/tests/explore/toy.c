// A tiny machine (toy.h).

#include "toy.h"

#include <string.h>

enum { ONCE_NEW, ONCE_RUNS, ONCE_DONE }; // states

static uint64_t bit(unsigned id)
{
    return UINT64_C(1) << id;
}

uint64_t random_next(uint64_t *state) // the engine's
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

uint64_t toy_mix(uint64_t hash, uint64_t value)
{
    uint64_t state = hash * 31 + value;
    return random_next(&state);
}

void toy_begin(struct toy *toy, const struct toy_program *program)
{
    memset(toy, 0, sizeof *toy);
    toy->program = program;
    memcpy(toy->counts, program->counts, sizeof toy->counts);
    for (unsigned id = 0; id < program->threads; id++)
        toy->threads[id].alive = (program->created >> id & 1) == 0;
}

// ---- What a thread is about to do ----

// Objects of different kinds lie apart.
static const void *object_of(const struct toy_line *line)
{
    static const unsigned char kinds[OP_COUNT] = {
        [OP_READ] = 1,      [OP_SPIN] = 1,           [OP_WRITE] = 1,      [OP_UPDATE] = 1,
        [OP_LOCK] = 2,      [OP_TRYLOCK] = 2,        [OP_UNLOCK] = 2,     [OP_WAIT] = 3,
        [OP_SIGNAL] = 3,    [OP_BROADCAST] = 3,      [OP_SEM_WAIT] = 4,   [OP_SEM_TRY] = 4,
        [OP_SEM_POST] = 4,  [OP_READ_LOCK] = 5,      [OP_WRITE_LOCK] = 5, [OP_RW_TRY] = 5,
        [OP_RW_UNLOCK] = 5, [OP_BARRIER_ARRIVE] = 6, [OP_MEET] = 7,       [OP_ONCE] = 8};
    if (line->op == OP_CREATE || line->op == OP_START || line->op == OP_JOIN)
        return thread_object(line->object);
    return kinds[line->op] == 0
               ? NULL
               : (const void *)(uintptr_t)(0x1000 * kinds[line->op] + line->object);
}

// The line that the thread stands before, jumps made.
static const struct toy_line *line_of(const struct toy *toy, unsigned id)
{
    const struct toy_line *lines = toy->program->lines[id];
    unsigned line = toy->threads[id].line;
    while (lines[line].op == OP_NONE)
        line = (unsigned)((int)line + lines[line].skip);
    return &lines[line];
}

struct operation toy_next(const struct toy *toy, unsigned id)
{
    const struct toy_thread *thread = &toy->threads[id];
    const struct toy_line *line = line_of(toy, id);
    struct operation next = {line->op, object_of(line), NULL, 0, 0};
    if (line->op == OP_WAIT) {
        next.op = thread->waits ? OP_WAKE : OP_WAIT;
        next.other = (const void *)(uintptr_t)(0x2000 + line->other);
    } else if (line->op == OP_EXIT) {
        next.object = thread_object(id);
    } else if (line->op == OP_SPIN) {
        next.op = thread->yields ? OP_YIELD : OP_READ;
        next.object = thread->yields ? NULL : next.object;
    } else if (thread->arrived) {
        next.op = line->op == OP_MEET ? OP_MEET_PASS : OP_BARRIER_PASS;
    }
    return next;
}

// Where the phase of a barrier or meeting is kept.
static unsigned phase_of(const struct toy_line *line)
{
    return line->op == OP_MEET ? TOY_OBJECTS + line->object : line->object;
}

static bool can_go_on(const struct toy *toy, unsigned id)
{
    const struct toy_thread *thread = &toy->threads[id];
    const struct toy_line *line = line_of(toy, id);
    if (!thread->alive || thread->ended)
        return false;
    switch (line->op) {
    case OP_LOCK: return toy->owners[line->object] == 0;
    case OP_WAIT: return !thread->waits || (thread->signalled && toy->owners[line->other] == 0);
    case OP_SEM_WAIT: return toy->counts[line->object] > 0;
    case OP_READ_LOCK: return toy->writers[line->object] == 0;
    case OP_WRITE_LOCK: return toy->writers[line->object] == 0 && toy->readers[line->object] == 0;
    case OP_BARRIER_ARRIVE:
    case OP_MEET: return !thread->arrived || toy->phases[phase_of(line)] != thread->phase;
    case OP_ONCE: return line->other == 1 || toy->once[line->object] != ONCE_RUNS;
    case OP_SPIN: return !thread->circles || toy->changes[line->object] + 1 != thread->looked;
    case OP_JOIN: return toy->threads[line->object].ended;
    default: return true;
    }
}

uint64_t toy_live(const struct toy *toy)
{
    uint64_t live = 0;
    for (unsigned id = 0; id < toy->program->threads; id++)
        if (toy->threads[id].alive && !toy->threads[id].ended)
            live |= bit(id);
    return live;
}

uint64_t toy_enabled(const struct toy *toy)
{
    uint64_t enabled = 0;
    for (unsigned id = 0; id < toy->program->threads; id++)
        if (can_go_on(toy, id))
            enabled |= bit(id);
    return enabled;
}

// ---- Doing it ----

static uint64_t waiters(const struct toy *toy, const void *condition)
{
    uint64_t mask = 0;
    for (unsigned id = 0; id < toy->program->threads; id++) {
        struct operation next = toy_next(toy, id);
        if (next.op == OP_WAKE && next.object == condition && !toy->threads[id].signalled)
            mask |= bit(id);
    }
    return mask;
}

unsigned toy_choices(const struct toy *toy, unsigned id)
{
    struct operation next = toy_next(toy, id);
    if (next.op == OP_WAIT && toy->program->spurious && !toy->spurious_spent)
        return 2;
    if (next.op != OP_SIGNAL)
        return 1;
    unsigned count = (unsigned)__builtin_popcountll(waiters(toy, next.object));
    return count > 1 ? count : 1;
}

// Wakes these waiters; they are what the step's detail tells.
static uint64_t wake(struct toy *toy, uint64_t woken)
{
    for (unsigned id = 0; id < toy->program->threads; id++)
        if ((woken & bit(id)) != 0)
            toy->threads[id].signalled = true;
    return woken;
}

static uint64_t wake_one(struct toy *toy, const void *condition, unsigned choice)
{
    uint64_t mask = waiters(toy, condition);
    while (choice-- > 0)
        mask &= mask - 1;
    return wake(toy, mask & -mask);
}

static uint64_t arrive(struct toy *toy, unsigned id, unsigned phase)
{
    bool completes = toy->arrived[phase] + 1 == toy->program->parties;
    toy->threads[id].phase = toy->phases[phase];
    toy->threads[id].arrived = true;
    toy->arrived[phase] = completes ? 0 : toy->arrived[phase] + 1;
    toy->phases[phase] += completes;
    return 2 * toy->threads[id].phase + completes;
}

static uint64_t try_rwlock(struct toy *toy, const struct toy_line *line, unsigned id)
{
    bool writing = line->other == 1;
    if (toy->writers[line->object] != 0 || (writing && toy->readers[line->object] != 0))
        return 0;
    if (writing)
        toy->writers[line->object] = (uint8_t)(id + 1);
    else
        toy->readers[line->object]++;
    return writing ? 2 : 1;
}

static uint64_t unlock_rwlock(struct toy *toy, unsigned object)
{
    uint64_t readers = toy->readers[object];
    if (readers > 0)
        toy->readers[object]--;
    else
        toy->writers[object] = 0;
    return readers;
}

static uint64_t once_step(struct toy *toy, const struct toy_line *line)
{
    uint8_t *state = &toy->once[line->object];
    bool ends = line->other == 1, found = *state == ONCE_DONE;
    *state = ends || found ? ONCE_DONE : ONCE_RUNS;
    return ends ? 1 : found ? 2 : 0;
}

static void look_for_change(const struct toy *toy, struct toy_thread *thread, unsigned object)
{
    uint32_t looked = toy->changes[object] + 1;
    thread->yields = toy->memory[object] == 0;
    thread->circles = thread->yields && thread->looked == looked;
    thread->looked = looked;
}

// The effect of the operation, but for the thread's place in its program. Gives the step's detail;
// sets `seen` to what the thread learns from it, and `skips` if the line's jump is taken.
static uint64_t execute(struct toy *toy, unsigned id, unsigned choice, uint64_t *seen, bool *skips)
{
    struct toy_thread *thread = &toy->threads[id];
    const struct toy_line *line = line_of(toy, id);
    struct operation next = toy_next(toy, id);
    unsigned object = line->object;
    uint64_t detail = 0;
    switch (next.op) {
    case OP_READ:
        *seen = toy->memory[object];
        *skips = line->op == OP_READ && *seen != 0;
        if (line->op == OP_SPIN)
            look_for_change(toy, thread, object);
        break;
    case OP_YIELD: thread->yields = thread->circles = false; break;
    case OP_WRITE:
        toy->memory[object] = line->other;
        toy->changes[object]++;
        break;
    case OP_UPDATE:
        *seen = toy->memory[object]++;
        toy->changes[object]++;
        break;
    case OP_LOCK: toy->owners[object] = (uint8_t)(id + 1); break;
    case OP_TRYLOCK:
        *seen = detail = toy->owners[object] == 0;
        *skips = detail == 0;
        toy->owners[object] = detail != 0 ? (uint8_t)(id + 1) : toy->owners[object];
        break;
    case OP_UNLOCK: toy->owners[object] = 0; break;
    case OP_WAIT:
        toy->owners[line->other] = 0;
        thread->waits = true;
        thread->signalled = choice == 1;
        toy->spurious_spent |= choice == 1;
        break;
    case OP_WAKE:
        toy->owners[line->other] = (uint8_t)(id + 1);
        thread->waits = thread->signalled = false;
        break;
    case OP_SIGNAL: detail = wake_one(toy, next.object, choice); break;
    case OP_BROADCAST: detail = wake(toy, waiters(toy, next.object)); break;
    case OP_SEM_WAIT: toy->counts[object]--; break;
    case OP_SEM_TRY:
        *seen = detail = toy->counts[object] > 0;
        *skips = detail == 0;
        toy->counts[object] = (uint8_t)(toy->counts[object] - detail);
        break;
    case OP_SEM_POST: detail = toy->counts[object]++; break;
    case OP_READ_LOCK: toy->readers[object]++; break;
    case OP_WRITE_LOCK: toy->writers[object] = (uint8_t)(id + 1); break;
    case OP_RW_TRY:
        *seen = detail = try_rwlock(toy, line, id);
        *skips = detail == 0;
        break;
    case OP_RW_UNLOCK: detail = unlock_rwlock(toy, object); break;
    case OP_BARRIER_ARRIVE:
    case OP_MEET: detail = arrive(toy, id, phase_of(line)); break;
    case OP_BARRIER_PASS:
    case OP_MEET_PASS:
        thread->arrived = false;
        detail = thread->phase;
        break;
    case OP_ONCE:
        detail = once_step(toy, line);
        *skips = detail == 2;
        break;
    case OP_CREATE: toy->threads[object].alive = true; break;
    case OP_EXIT: thread->ended = true; break;
    default: break;
    }
    return detail;
}

void toy_step(struct toy *toy, unsigned id, unsigned choice)
{
    struct toy_thread *thread = &toy->threads[id];
    const struct toy_line *line = line_of(toy, id);
    struct step *step = &toy->steps[toy->count++];
    unsigned choices = toy_choices(toy, id);
    uint64_t seen = 0;
    bool skips = false;
    *step = (struct step){.thread = (uint8_t)id,
                          .done = toy_next(toy, id),
                          .enabled = toy_enabled(toy),
                          .event = ++thread->events,
                          .choice = (uint16_t)choice,
                          .choices = (uint16_t)(choices > 1 ? choices : 0)};
    step->done.detail = execute(toy, id, choice, &seen, &skips);
    thread->seen = toy_mix(thread->seen, seen);
    bool done = line->op != OP_SPIN || (step->done.op == OP_READ && !thread->yields);
    if (!thread->ended && !thread->waits && !thread->arrived && done)
        thread->line = (uint8_t)(line + 1 + (skips ? line->skip : 0) - toy->program->lines[id]);
}

uint64_t toy_result(const struct toy *toy)
{
    uint64_t hash = 0;
    for (unsigned id = 0; id < toy->program->threads; id++) {
        const struct toy_thread *thread = &toy->threads[id];
        hash = toy_mix(hash, thread->seen);
        hash = toy_mix(hash, thread->line);
        hash = toy_mix(hash, thread->ended + 2u * thread->waits + 4u * thread->arrived);
    }
    for (unsigned i = 0; i < TOY_OBJECTS; i++) {
        hash = toy_mix(hash, toy->memory[i]);
        hash = toy_mix(hash, toy->owners[i] + 8u * toy->counts[i] + 64u * toy->once[i]);
        hash = toy_mix(hash, toy->writers[i] + 8u * toy->readers[i]);
        hash = toy_mix(hash, toy->arrived[i] + 8u * toy->arrived[TOY_OBJECTS + i]);
    }
    return hash;
}

// ---- Whole runs ----

// As the engine's replay: whom the segments say, as far as they can be followed; then in turn.
static int replayed(const struct toy *toy, const struct schedule *schedule, uint32_t *segment,
                    struct choosing *choosing)
{
    for (; *segment < schedule->segment_count; ++*segment) {
        const struct segment *followed = &schedule->segments[*segment];
        if (followed->thread < toy->program->threads && can_go_on(toy, followed->thread) &&
            toy->threads[followed->thread].events + 1 < followed->until)
            return followed->thread;
    }
    return chooser_turn.choose(choosing);
}

static unsigned pick(const struct schedule *schedule, struct choosing *choosing, unsigned thread,
                     uint32_t event, unsigned count)
{
    if (count < 2)
        return 0;
    for (uint32_t i = 0; schedule->replay && i < schedule->pick_count; i++)
        if (schedule->picks[i].thread == thread && schedule->picks[i].event == event)
            return schedule->picks[i].value % count;
    if (schedule->replay)
        return 0;
    if (schedule->chooser->pick != NULL)
        return schedule->chooser->pick(choosing, count) % count;
    return choose_below(choosing, count);
}

bool toy_run(struct toy *toy, const struct toy_program *program, const struct schedule *schedule)
{
    struct choosing choosing = {.schedule = schedule, .random = schedule->seed};
    struct operation next[TOY_THREADS];
    uint32_t segment = 0;
    toy_begin(toy, program);
    choosing.threads = program->threads;
    if (!schedule->replay && schedule->chooser->begin != NULL)
        schedule->chooser->begin(&choosing);
    while ((choosing.enabled = toy_enabled(toy)) != 0 && toy->count < TOY_STEPS) {
        choosing.live = toy_live(toy);
        choosing.current_enabled = (choosing.enabled & bit(choosing.current)) != 0;
        choosing.last = toy->count > 0 ? &toy->steps[toy->count - 1] : NULL;
        for (unsigned id = 0; id < program->threads; id++) {
            next[id] = toy_next(toy, id);
            choosing.next[id] = &next[id];
        }
        int chosen = schedule->replay ? replayed(toy, schedule, &segment, &choosing)
                                      : schedule->chooser->choose(&choosing);
        if (chosen == CHOOSE_NOBODY)
            return false;
        unsigned id = (unsigned)chosen;
        unsigned choice =
            pick(schedule, &choosing, id, toy->threads[id].events + 1, toy_choices(toy, id));
        toy_step(toy, id, choice);
        choosing.step++;
        choosing.same = id == choosing.current ? choosing.same + 1 : 0;
        choosing.current = (uint8_t)id;
    }
    return true;
}

void toy_script(const struct toy *toy, struct script *script)
{
    script->segment_count = script->pick_count = 0;
    for (uint32_t i = 0; i < toy->count; i++) {
        const struct step *step = &toy->steps[i];
        bool goes_on = i + 1 < toy->count && toy->steps[i + 1].thread == step->thread;
        if (step->choice != 0)
            script->picks[script->pick_count++] =
                (struct pick){step->thread, (uint8_t)step->choice, step->event};
        if (!goes_on)
            script->segments[script->segment_count++] =
                (struct segment){step->thread, step->event + 1};
    }
}
