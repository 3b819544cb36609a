// Going round for nothing: threads that take a lock, look, give it back and give way, again and again. Each
// taking is an effect for the others, so await.c blocks none of them, and the run comes to no end.
//
// So whoever is still running in the second half of the steps that a run may have is watched. A thread that
// comes back to a place with the same stack has closed a round; if in all that time nobody has changed any
// memory, locks aside, it will close it for ever. When the steps are used up and that is true of all
// threads that can run, the program gets nowhere.
//
// Only schedules by chance count, in which by then everybody has had every turn: a search that goes through
// all orders also comes by those in which two threads get into each other's way each time.

#include "core.h"

enum { OWN_POINTS_MOST = 2000 }; // after which a place is no part of the round

static bool is_watched(void)
{
    return !engine->schedule->inside && engine->choosing.step > steps_most() / 2;
}

void memory_changed(void)
{
    engine->changed_at = engine->choosing.step;
}

static void begin_round(struct thread *self, uintptr_t pc)
{
    self->round = (struct round){
        .pc = pc, .stack = stack_hash(self), .since = engine->choosing.step, .points = 0};
}

void round_point(struct thread *self, uintptr_t pc)
{
    struct round *round = &self->round;
    if (!is_watched())
        return;
    bool changed = engine->changed_at >= round->since;
    if (changed || round->pc == 0 || (!round->closed && ++round->points > OWN_POINTS_MOST)) {
        begin_round(self, pc);
    } else if (round->pc == pc && !round->closed) {
        uint64_t stack = stack_hash(self);
        if (stack != 0 && stack == round->stack)
            round->closed = true;
        else
            begin_round(self, pc);
    }
}

static bool goes_round(const struct thread *thread)
{
    return thread->round.closed && engine->changed_at < thread->round.since;
}

// Whether a thread that cannot run now could not for as long as it was watched. A time-out or a descriptor
// may still wake it.
static bool is_blocked_for_good(const struct thread *thread)
{
    return !thread_may_go(thread) && thread->deadline == 0 && thread->next.op != OP_FILE &&
           thread->last_step < steps_most() / 2;
}

bool rounds_get_nowhere(void)
{
    bool any = false;
    if (!is_watched())
        return false;
    for (uint64_t left = engine->choosing.live; left != 0; left &= left - 1) {
        struct thread *thread = &engine->threads[__builtin_ctzll(left)];
        if (goes_round(thread))
            any = true;
        else if (!thread->spins && !is_blocked_for_good(thread))
            return false;
    }
    for (uint64_t left = engine->choosing.live; any && left != 0; left &= left - 1) {
        struct thread *thread = &engine->threads[__builtin_ctzll(left)];
        thread->spins |= goes_round(thread); // which is what it will be told as
    }
    return any;
}
