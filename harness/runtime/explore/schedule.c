// Points: what a thread is about to do is noted, somebody is chosen to go on, and what was chosen
// is recorded. See engine.h for what events, segments and picks are.

#include "choose.h"
#include "core.h"
#include "late.h"

#include <string.h>

enum {
    EVENTS_WITHOUT_POINT = 4096, // after so many a thread gives way
    STEP_EFFORT = 4,
};

uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

bool thread_may_go(const struct thread *thread)
{
    if (thread->ended)
        return false;
    return thread->waiting == NULL || thread->waiting->may_go(thread);
}

static uint64_t bit(unsigned id)
{
    return UINT64_C(1) << id;
}

// Who can simply run.
static uint64_t enabled_now(void)
{
    uint64_t enabled = 0;
    for (uint64_t left = engine->choosing.live; left != 0; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        const struct thread *thread = &engine->threads[id];
        if (!thread->spins && thread_may_go(thread))
            enabled |= bit(id);
    }
    return enabled;
}

// ---- Replay ----

static const struct segment *followed(void)
{
    const struct schedule *schedule = engine->schedule;
    if (!schedule->replay || engine->segment >= schedule->segment_count)
        return NULL;
    return &schedule->segments[engine->segment];
}

// Whether the segment that is followed ends before the event that the thread has reached.
static bool replay_stops(const struct thread *self)
{
    const struct segment *segment = followed();
    return segment != NULL && segment->thread == self->id && self->events >= segment->until;
}

// Whom the segments say, as far as they can be followed; -1 when there are no more.
static int replayed(void)
{
    const struct segment *segment;
    for (; (segment = followed()) != NULL; engine->segment++) {
        if (segment->thread >= engine->choosing.threads)
            continue;
        const struct thread *thread = &engine->threads[segment->thread];
        if (thread->events < segment->until && thread_may_go(thread))
            return segment->thread;
    }
    return -1;
}

// The next one in turn after the current thread, which goes on itself while it makes progress.
static int in_turn(uint64_t enabled, bool current_enabled)
{
    enum { TURN = 300 };
    unsigned current = engine->current;
    const struct thread *self = &engine->threads[current];
    if (current_enabled && self->next.op != OP_YIELD && engine->choosing.same < TURN)
        return (int)current;
    uint64_t later = enabled & ~(bit(current) | (bit(current) - 1));
    return __builtin_ctzll(later != 0 ? later : enabled);
}

// ---- Choosing ----

static struct step *last_step(void)
{
    struct outcome *outcome = engine->outcome;
    return outcome->step_count == 0 ? NULL : &outcome->steps[outcome->step_count - 1];
}

bool is_stubborn(void)
{
    return engine->choosing.step < engine->schedule->stubborn;
}

// Whether it tries again and again, and may count how often.
static bool goes_on(const struct thread *thread)
{
    return thread->vain > 0 || thread->counts;
}

static int choose(uint64_t enabled)
{
    struct choosing *choosing = &engine->choosing;
    const struct schedule *schedule = engine->schedule;
    if (schedule->replay) {
        int next = replayed();
        if (next >= 0)
            return next;
        if (schedule->pause)
            run_end(ENDED_PAUSED, "paused");
    }
    enum phase phase = rounds_phase();
    if (is_stubborn() && goes_on(thread_self()) && (enabled & bit(engine->current)) != 0)
        return (int)engine->current;
    bool unfair = schedule->unfair && phase == PHASE_UNWATCHED;
    uint64_t fair = unfair ? enabled : fairness_narrow(enabled);
    if (fair != enabled)
        engine->outcome->unfair++;
    choosing->enabled = fair;
    choosing->last = last_step();
    choosing->current = engine->current;
    choosing->current_enabled = (fair & bit(engine->current)) != 0;
    if (schedule->replay || schedule->chooser == NULL || phase == PHASE_IN_TURN)
        return in_turn(fair, choosing->current_enabled);
    if (phase == PHASE_BY_CHANCE)
        return (int)choose_from(choosing, fair);
    return schedule->chooser->choose(choosing);
}

static void record_segment(void)
{
    struct outcome *outcome = engine->outcome;
    const struct thread *self = thread_self();
    if (outcome->segment_count < SEGMENTS_MOST)
        outcome->segments[outcome->segment_count++] =
            (struct segment){self->id, self->events + self->ended};
}

static void record_step(const struct thread *next, uint64_t enabled)
{
    struct outcome *outcome = engine->outcome;
    if (outcome->step_count >= STEPS_MOST || next->next.op == OP_NONE)
        return;
    struct step *step = &outcome->steps[outcome->step_count++];
    step->thread = next->id;
    step->done = next->next;
    step->enabled = enabled;
    step->asleep = engine->choosing.asleep;
    step->event = next->events;
    step->choice = step->choices = 0;
    step->size = step->order = 0;
    step->older = false;
}

uint32_t steps_most(void)
{
    uint32_t most = engine->schedule->steps_most;
    return most != 0 && most < STEPS_MOST ? most : STEPS_MOST;
}

void schedule_next(void)
{
    struct choosing *choosing = &engine->choosing;
    effort(STEP_EFFORT + running->live / 2);
    uint64_t enabled = enabled_now();
    while (enabled == 0) {
        enabled = stuck();
        if (enabled == 0)
            enabled = enabled_now();
    }
    int id = choose(enabled);
    if (id == CHOOSE_NOBODY)
        run_end(ENDED_PRUNED, "covered by another schedule");
    if (id != engine->current) {
        engine->outcome->switches += (enabled & bit(engine->current)) != 0;
        record_segment();
    }
    if (!engine->schedule->unfair || !engine->inside) // else nobody asks what is fair
        fairness_chosen((unsigned)id, enabled);
    choosing->same = id == engine->current ? choosing->same + 1 : 0;
    struct thread *next = &engine->threads[id];
    record_step(next, enabled);
    next->last_step = choosing->step;
    if (next->spins) {
        next->spins = false;
        if (next->patience < 2000)
            next->patience *= 2;
    }
    if (++choosing->step >= steps_most() && rounds_get_nowhere())
        end_stuck(true);
    if (choosing->step >= steps_most())
        run_end(ENDED_STEPS, "no end after %u steps", choosing->step);
    thread_switch((unsigned)id);
}

// ---- Points ----

// The thread's last plain write is done by now: did it change anything?
static void write_ends(struct thread *self)
{
    void *address = self->written;
    self->written = NULL;
    if (memcmp(address, self->written_before, self->written_size) != 0)
        effect_of_write(address, self->written_size, self->written_before);
}

void effort(uint64_t accesses)
{
    engine->effort += accesses;
    if (engine->effort > engine->effort_most && running->on && !engine->ending)
        run_end(ENDED_STEPS, "no end after an effort of %llu",
                (unsigned long long)engine->effort_most);
}

void event_begin(struct thread *self)
{
    effort(1);
    self->events++;
    if (self->written != NULL)
        write_ends(self);
    if (self->story_step >= 0)
        story_step_ends(self);
}

// A large array takes the stack pointer past the guard, into the stack of somebody else.
static void check_stack(const struct thread *self)
{
    if (self->frame - STACKS_BASE < (uintptr_t)self->id * STACK_SLOT)
        run_end(ENDED_CRASH, "%s has used up its stack", thread_title(self->id).text);
}

_Noreturn void end_waiting(void)
{
    run_end(ENDED_WAITS, "a call that must not wait waits");
}

// What a thread that must not wait does instead of `op`: it tries, so that a search goes through
// the schedules in which that fails.
static enum op tried(enum op op)
{
    switch (op) {
    case OP_LOCK:
    case OP_LOCK_TIMED: return OP_TRYLOCK;
    case OP_SEM_WAIT: return OP_SEM_TRY;
    case OP_READ_LOCK:
    case OP_WRITE_LOCK: return OP_RW_TRY;
    default: return op;
    }
}

// Whether the operation is one of those that a thread's stores may arrive after; the atomic ones know
// themselves when not.
static bool is_of_memory(enum op op)
{
    return op == OP_READ || op == OP_WRITE || op == OP_UPDATE || op == OP_FENCE || op == OP_SPIN;
}

// Like point_waiting, for a thread that must not wait.
static void point_trying(const struct waiting *waiting, enum op op, struct thread *self)
{
    self->next.op = tried(op);
    if (self->circles || (self->next.op == op && !thread_may_go(self)))
        end_waiting();
    self->waiting = NULL;
    schedule_next();
    if (!is_of_memory(op))
        late_arrive();
    if (waiting != NULL && !waiting->may_go(self))
        end_waiting();
    if (self->next.op != op)
        point_detail(op == OP_WRITE_LOCK ? 2 : 1);
}

// Whether a thread goes in a circle until somebody changes what it looks at. One that is only
// thought to, and holds a lock, might come out of it by itself: to block it would block whoever
// waits for the lock.
static bool must_be_blocked(const struct thread *self)
{
    return self->circles && (!self->in_doubt || self->held_count == 0);
}

void point_waiting(const struct waiting *waiting, enum op op, const void *object, const void *other,
                   uintptr_t pc)
{
    struct thread *self = thread_self();
    if (!running->on)
        return;
    event_begin(self);
    self->next = (struct operation){op, object, other, waiting != NULL ? self->waited_for : 0, pc};
    self->waiting = waiting;
    check_stack(self);
    if (rounds_phase() != PHASE_UNWATCHED)
        round_point(self, pc);
    if (self->must_not_wait) {
        point_trying(waiting, op, self);
        return;
    }
    if (must_be_blocked(self) && op != OP_EXIT && op != OP_MEET_PASS) {
        self->circles = false;
        self->spins = true;
    }
    schedule_next();
    self->waiting = NULL;
    if (!is_of_memory(op))
        late_arrive();
    if (self->cancel_anywhere)
        cancellation_point();
}

bool point_until(uint64_t deadline, const struct waiting *waiting, enum op op, const void *object,
                 const void *other, uintptr_t pc)
{
    struct thread *self = thread_self();
    self->deadline = deadline;
    self->timed_out = deadline != 0 && deadline <= engine->clock; // it was past from the start
    self->interrupted = cancelled_before(op);
    point_waiting(waiting, op, object, other, pc);
    self->deadline = 0;
    return !wait_given_up(self);
}

void point(enum op op, const void *object, const void *other, uintptr_t pc)
{
    point_waiting(NULL, op, object, other, pc);
}

void event(uintptr_t pc)
{
    if (!running->on)
        return;
    struct thread *self = thread_self();
    event_begin(self);
    self->next.pc = pc;
    check_stack(self);
    bool blocks = must_be_blocked(self);
    bool yields = self->events % EVENTS_WITHOUT_POINT == 0;
    if (!blocks && !yields && !replay_stops(self))
        return;
    enum op op = blocks ? OP_SPIN : yields ? OP_YIELD : OP_NONE;
    self->next = (struct operation){op, NULL, NULL, 0, pc};
    if (self->circles && self->must_not_wait)
        end_waiting();
    self->circles = self->circles && !blocks;
    self->spins = blocks;
    schedule_next();
    if (self->cancel_anywhere)
        cancellation_point();
}

void point_detail(uint64_t detail)
{
    struct step *step = last_step();
    if (running->on && step != NULL)
        step->done.detail = detail;
}

// ---- Picks ----

static unsigned recorded_pick(const struct thread *self)
{
    const struct schedule *schedule = engine->schedule;
    for (uint32_t i = 0; i < schedule->pick_count; i++)
        if (schedule->picks[i].thread == self->id && schedule->picks[i].event == self->events)
            return schedule->picks[i].value;
    return 0;
}

static void record_pick(unsigned value, unsigned count)
{
    struct outcome *outcome = engine->outcome;
    const struct thread *self = thread_self();
    struct step *step = last_step();
    if (step != NULL) {
        step->choice = (uint16_t)value;
        step->choices = (uint16_t)count;
    }
    if (value != 0 && outcome->pick_count < PICKS_MOST)
        outcome->picks[outcome->pick_count++] =
            (struct pick){self->id, (uint8_t)value, self->events};
}

unsigned pick_among(unsigned count)
{
    const struct schedule *schedule = engine->schedule;
    if (count < 2)
        return 0;
    unsigned value;
    if (schedule->replay)
        value = recorded_pick(thread_self()) % count;
    else if (schedule->chooser != NULL && schedule->chooser->pick != NULL)
        value = schedule->chooser->pick(&engine->choosing, count) % count;
    else
        value = (unsigned)(random_next(&engine->choosing.random) % count);
    record_pick(value, count);
    return value;
}

static unsigned spurious_by_chance(unsigned ways)
{
    if (random_next(&engine->choosing.random) % engine->schedule->spurious_in != 0)
        return 0;
    return ways == 1 ? 1 : 1 + (unsigned)(random_next(&engine->choosing.random) % ways);
}

unsigned pick_spurious(unsigned ways)
{
    const struct schedule *schedule = engine->schedule;
    unsigned way;
    if (schedule->replay)
        way = recorded_pick(thread_self());
    else if (engine->spurious >= schedule->spurious_most)
        return 0;
    else if (schedule->chooser != NULL && schedule->chooser->pick != NULL)
        way = schedule->chooser->pick(&engine->choosing, ways + 1) % (ways + 1);
    else
        way = spurious_by_chance(ways);
    record_pick(way, ways + 1);
    engine->spurious += way != 0;
    engine->outcome->spurious += way != 0;
    return way;
}

void weak_store_made(void)
{
    engine->outcome->weak_stores++;
}

bool may_find_older(void)
{
    return engine->schedule->replay || engine->schedule->older_in != 0;
}

bool pick_older(void)
{
    const struct schedule *schedule = engine->schedule;
    bool older = schedule->replay ? recorded_pick(thread_self()) != 0
                                  : random_next(&engine->choosing.random) % schedule->older_in == 0;
    record_pick(older, 2);
    engine->outcome->older += older;
    return older;
}

void pick_lateness(uint64_t deadline, uintptr_t pc)
{
    if (!running->on || deadline == 0 || engine->schedule->scene == MAIN_SCENE)
        return;
    event(pc); // a pick is told from others by its thread and event
    if (pick_spurious(1) != 0 && engine->clock < deadline)
        engine->clock = deadline;
}

void point_in_vain(enum op attempt)
{
    struct step *step = last_step();
    if (!running->on || step == NULL || engine->spurious == 0)
        return;
    step->done.op = attempt;
    step->done.detail = 0;
}
