// Going round for nothing: threads that take a lock, look, give it back and
// give way, again and again; with a mutex, or with a lock that they have made
// of atomics. Each taking is an effect for the others, so await.c blocks none
// of them, and the run comes to no end.
//
// So in the second half of the steps that a run may have, the states in which
// it comes by are collected: of each thread where it stands, with what on its
// stack, and of the memory what it holds. Whoever gets on comes into new ones:
// a counter, a local variable, a new place. If for long there has been none,
// whoever runs then goes round. That is believed only of runs which had every
// chance: for one half of that time anybody goes next, for the other each goes
// on alone for as long as it can, so that two who got into each other's way
// pass.
//
// Memory counts by what it holds: it has changed if it never held that before.
// What else a thread does (it posts, waits, starts a thread, reads a clock)
// counts as a change each time.
//
// Not in runs inside one process: a search that goes through all orders also
// comes by those in which two threads get into each other's way each time.

#include "core.h"
#include "hash.h"

#include <string.h>

enum {
    STATES_FULL = WATCH_STATES / 2,
    STEPS_LEAST = 20000, // shorter runs may not have had every chance
};

static uint32_t eighths(uint32_t count)
{
    return steps_most() / 8 * count;
}

enum phase rounds_phase_apart(void)
{
    uint32_t step = engine->choosing.step;
    if (steps_most() < STEPS_LEAST || step <= eighths(4))
        return PHASE_UNWATCHED;
    return step <= eighths(6) ? PHASE_BY_CHANCE : PHASE_IN_TURN;
}

static struct watch *begun_watch(void)
{
    struct watch *watch = &engine->watch;
    if (!watch->begun)
        memset(watch, 0, sizeof *watch);
    watch->begun = true;
    return watch;
}

// What has not been there before counts as a change; also if there is no room
// to remember it.
static void come_to(struct watch *watch, uint64_t state)
{
    size_t at = state % WATCH_STATES;
    for (; watch->states[at] != 0; at = (at + 1) % WATCH_STATES)
        if (watch->states[at] == state)
            return;
    memory_changed();
    if (watch->count == STATES_FULL)
        return;
    watch->states[at] = state;
    watch->count++;
}

void memory_changed(void)
{
    engine->changed_at = engine->choosing.step;
}

static uint64_t hash_of_memory(const void *address, size_t size, const void *bytes)
{
    uint64_t words[2] = {0, 0};
    memcpy(words, bytes, size);
    uint64_t hash = hash_number((uintptr_t)address * 32 + size);
    return hash_number(hash_number(hash ^ words[0]) ^ words[1]);
}

void memory_written(const void *address, size_t size, const void *before)
{
    if (rounds_phase() == PHASE_UNWATCHED || size > WRITTEN_MOST) {
        memory_changed();
        return;
    }
    struct watch *watch = begun_watch();
    watch->memory ^= hash_of_memory(address, size, before);
    watch->memory ^= hash_of_memory(address, size, address);
    come_to(watch, watch->memory | 1); // a thread's state is even
}

void round_point(const struct thread *self, uintptr_t pc)
{
    struct watch *watch = begun_watch();
    uint64_t stack = watch->count < STATES_FULL ? stack_hash(self) : 0;
    if (stack == 0) // too deep, or there are too many
        memory_changed();
    else
        come_to(watch, hash_number(stack ^ hash_number(pc * THREADS_MAX + self->id)) << 1);
}

// Whether a thread that cannot run now could not for as long as it was watched.
// A time-out or a descriptor may still wake it.
static bool is_blocked_for_good(const struct thread *thread)
{
    return !thread_may_go(thread) && thread->deadline == 0 && thread->next.op != OP_FILE &&
           thread->last_step < eighths(4);
}

static bool goes_round(const struct thread *thread)
{
    return thread->last_step > eighths(6);
}

bool rounds_get_nowhere(void)
{
    bool any = false;
    if (rounds_phase() != PHASE_IN_TURN || engine->changed_at >= eighths(5))
        return false;
    for (uint64_t left = engine->choosing.live; left != 0; left &= left - 1) {
        const struct thread *thread = &engine->threads[__builtin_ctzll(left)];
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
