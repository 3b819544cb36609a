// The drivers' own helpers, racelings/rendezvous.h and asleep.h, under the explorer. They bring
// threads together and order nothing: no clocks are touched.

#include "core.h"

#include "../include/racelings/asleep.h"
#include "../include/racelings/rendezvous.h"

enum { FAR_ENOUGH = 300 }; // events after which a thread does not look like one that waits

static bool is_held(const struct thread *thread)
{
    const struct rendezvous *meeting = thread->next.object;
    return wait_given_up(thread) || meeting->number != (int)thread->waited_for;
}

static const struct waiting for_others = {"waits for others to meet", is_held, NULL};

bool rendezvous_meet(struct rendezvous *meeting, int milliseconds)
{
    uintptr_t pc = HERE();
    struct thread *self = thread_self();
    point(OP_MEET, meeting, NULL, pc);
    progress();
    int number = meeting->number;
    bool last = meeting->arrived + 1 == meeting->parties;
    point_detail(2 * (uint64_t)number + last);
    meeting->arrived = last ? 0 : meeting->arrived + 1;
    meeting->number += last;
    self->waited_for = (uint64_t)number;
    uint64_t patience = (uint64_t)milliseconds * 1000000;
    point_until(deadline_after(patience), &for_others, OP_MEET_PASS, meeting, NULL, pc);
    engine->stalled = 0;
    if (meeting->number != number)
        return true;
    meeting->arrived--;
    return false;
}

void asleep_watch_me(struct watched *self)
{
    self->number = (long)thread_handle(thread_self());
}

// Whether the thread that is watched waits, has ended, or is well on its way.
static bool is_asleep_or_busy(const struct thread *watcher)
{
    const struct thread *thread = thread_named((uintptr_t)watcher->next.object);
    return thread == NULL || thread->ended || thread->spins || !thread_may_go(thread) ||
           thread->events > watcher->waited_for + FAR_ENOUGH;
}

static const struct waiting for_sleep = {"waits until another thread waits", is_asleep_or_busy,
                                         NULL};

void asleep_or_busy(const struct watched *watched)
{
    uintptr_t pc = HERE();
    const struct thread *thread = thread_named((unsigned long)watched->number);
    if (thread == NULL)
        return;
    thread_self()->waited_for = thread->events;
    point_waiting(&for_sleep, OP_ASLEEP, (const void *)watched->number, NULL, pc);
    progress();
}

// A program with other processes is not followed so far.
void asleep_process_or_busy(pid_t process)
{
    (void)process;
}

char asleep_task_state(long number)
{
    (void)number;
    return 0;
}
