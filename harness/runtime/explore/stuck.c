// Nobody can simply run. In this order: descriptors that become ready in real time; threads that
// spin look again; a circle of locks is a deadlock; who watches a clock sees it come close to the
// earliest time-out; that fires; threads that spin look again while time passes; and then it is the
// end.

#include "core.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    LOOKS_AGAIN = 40,      // vain attempts before time-outs fire,
    LOOKS_AGAIN_EACH = 8,  // and for each thread that spins;
    STEPS_AGAIN = 8000,    // not after so many steps of them, if there is a time-out to fire
    LOOKS_WITH_TIME = 1500 // vain attempts while time passes
};

static struct thread *live_thread(uint64_t *left)
{
    if (*left == 0)
        return NULL;
    struct thread *thread = &engine->threads[__builtin_ctzll(*left)];
    *left &= *left - 1;
    return thread;
}

// The thread that spins and has not run for longest, as a mask; also how many spin.
static uint64_t spinner(uint32_t *count)
{
    const struct thread *longest = NULL;
    *count = 0;
    uint64_t left = engine->choosing.live;
    for (struct thread *thread; (thread = live_thread(&left)) != NULL;) {
        if (!thread->spins || !thread_may_go(thread))
            continue;
        ++*count;
        if (longest == NULL || thread->last_step < longest->last_step)
            longest = thread;
    }
    return longest != NULL ? UINT64_C(1) << longest->id : 0;
}

static uint64_t look_again(uint64_t who)
{
    if (engine->stalled++ == 0)
        engine->stalled_at = engine->choosing.step;
    engine->outcome->released++;
    return who;
}

static const struct thread *holder(const struct thread *thread)
{
    if (thread->ended || thread->waiting == NULL || thread->waiting->holder == NULL ||
        thread->deadline != 0)
        return NULL;
    return thread->waiting->holder(thread);
}

// ---- What a deadlock is told as ----

static void append(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void append(char *text, const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, TEXT_MOST - length, format, arguments);
    va_end(arguments);
}

static void tell_wait(char *text, const struct thread *thread)
{
    const char *what = thread->waiting != NULL ? thread->waiting->what : "spins";
    const struct thread *other = holder(thread);
    struct title title = thread_title(other != NULL ? other->id : 0);
    append(text, "%s%s %s", text[0] != '\0' ? "; " : "", thread_title(thread->id).text, what);
    if (other == NULL)
        return;
    if (other->ended)
        append(text, " that %s held when it ended", title.text);
    else if (thread->next.op == OP_JOIN)
        append(text, ", that of %s", title.text);
    else
        append(text, " that %s holds", title.text);
}

_Noreturn static void end_in_circle(const struct thread *first)
{
    char text[TEXT_MOST] = "";
    const struct thread *thread = first;
    do {
        tell_wait(text, thread);
        thread = holder(thread);
    } while (thread != first && thread != NULL && !thread->ended);
    run_end(ENDED_DEADLOCK, "%s", text);
}

// Ends the run if threads wait for each other in a circle, or one for another that ended.
static void check_circles(void)
{
    uint64_t left = engine->choosing.live;
    for (struct thread *first; (first = live_thread(&left)) != NULL;) {
        const struct thread *thread = first;
        for (int i = 0; i < THREADS_MAX && thread != NULL; i++) {
            const struct thread *next = holder(thread);
            if (next != NULL && next->ended && thread->next.op != OP_JOIN)
                end_in_circle(thread);
            if (next == first)
                end_in_circle(first);
            thread = next;
        }
    }
}

void end_stuck(bool spinning)
{
    char text[TEXT_MOST] = "";
    bool unheard = false;
    uint64_t left = engine->choosing.live;
    for (const struct thread *thread; (thread = live_thread(&left)) != NULL;) {
        tell_wait(text, thread);
        unheard |= condition_missed(thread);
    }
    enum ending ending = spinning  ? ENDED_NO_PROGRESS
                         : unheard ? ENDED_LOST_WAKEUP
                                   : ENDED_DEADLOCK;
    run_end(ending, "%s", text);
}

// ---- Time ----

static bool can_time_out(const struct thread *thread)
{
    return thread->deadline != 0 && !wait_given_up(thread) && !thread->signalled &&
           !thread_may_go(thread);
}

static struct thread *earliest_to_time_out(void)
{
    struct thread *earliest = NULL;
    uint64_t left = engine->choosing.live;
    for (struct thread *thread; (thread = live_thread(&left)) != NULL;)
        if (can_time_out(thread) && (earliest == NULL || thread->deadline < earliest->deadline))
            earliest = thread;
    return earliest;
}

// Lets those who spin and watch a clock see the moment before the time-out: what they wait for until
// then ends first. False if nobody does, or it is that moment already.
static bool show_clock_before(const struct thread *earliest)
{
    bool seen = false;
    if (earliest == NULL || engine->clock + 1 >= earliest->deadline)
        return false;
    uint64_t left = engine->choosing.live;
    for (struct thread *thread; (thread = live_thread(&left)) != NULL;)
        if (awaits_time(thread) && thread_may_go(thread)) {
            look_ends(thread);
            seen = true;
        }
    if (seen) {
        engine->clock = earliest->deadline - 1;
        engine->stalled = 0;
        engine->outcome->released++;
    }
    return seen;
}

static bool fire(struct thread *earliest)
{
    if (earliest == NULL)
        return false;
    if (engine->clock < earliest->deadline)
        engine->clock = earliest->deadline;
    earliest->timed_out = true;
    engine->stalled = 0;
    engine->outcome->timeouts++;
    return true;
}

// First milliseconds, later minutes.
static void let_time_pass(void)
{
    uint32_t doublings = engine->stalled / 32;
    engine->clock += UINT64_C(1000000) << (doublings < 20 ? doublings : 20);
}

// Whether those who spin look again before time passes. One that counts how often it has done so may
// take very many steps for that, and count for ever.
static bool looks_first(uint32_t spinning)
{
    if (engine->stalled >= LOOKS_AGAIN + LOOKS_AGAIN_EACH * spinning)
        return false;
    return engine->stalled == 0 || engine->choosing.step - engine->stalled_at < STEPS_AGAIN ||
           earliest_to_time_out() == NULL;
}

uint64_t stuck(void)
{
    if (files_wait())
        return 0;
    uint32_t spinning;
    uint64_t who = spinner(&spinning);
    if (who != 0 && looks_first(spinning))
        return look_again(who);
    check_circles();
    struct thread *earliest = earliest_to_time_out();
    if (show_clock_before(earliest) || fire(earliest))
        return 0;
    if (who != 0 && engine->stalled < LOOKS_WITH_TIME) {
        let_time_pass();
        return look_again(who);
    }
    end_stuck(who != 0);
}
