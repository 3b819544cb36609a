// Condition variables. A wait is two operations: OP_WAIT gives the mutex up, OP_WAKE takes it
// again. Which waiter a signal wakes is a choice, and so is whether a waiter wakes for nothing or
// too late.

#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

_Static_assert(sizeof(struct condition) <= sizeof(pthread_cond_t), "a condition variable fits");

static bool may_wake(const struct thread *thread)
{
    return (thread->signalled || wait_given_up(thread)) &&
           mutex_free_for(thread->next.other, thread);
}

static const struct thread *wake_holder(const struct thread *thread)
{
    const struct mutex *mutex = thread->next.other;
    bool woken = thread->signalled || wait_given_up(thread);
    return woken && mutex->held ? owning_thread(mutex->owner) : NULL;
}

static const struct waiting for_signal = {"waits for a condition", may_wake, wake_holder};

// Whether the thread waits for the condition and has not been woken.
static bool waits_on(const struct thread *thread, const struct condition *condition)
{
    return !thread->ended && thread->next.op == OP_WAKE && thread->next.object == condition &&
           !thread->signalled && !wait_given_up(thread);
}

bool condition_missed(const struct thread *thread)
{
    const struct condition *condition = thread->next.object;
    return thread->next.op == OP_WAKE && waits_on(thread, condition) && condition->unheard > 0;
}

// Fills in the waiters, by thread; gives how many there are. The caller is none of them, though a
// wait may be the last operation that it was at.
static unsigned waiters(const struct condition *condition, struct thread *found[THREADS_MAX])
{
    unsigned count = 0;
    for (unsigned id = 0; id < engine->choosing.threads; id++)
        if (thread_of(id) != thread_self() && waits_on(thread_of(id), condition))
            found[count++] = thread_of(id);
    return count;
}

int condition_init(struct condition *condition, int clock, uintptr_t pc)
{
    object_made(condition, sizeof(pthread_cond_t), pc);
    memset(condition, 0, sizeof(pthread_cond_t));
    condition->clock = clock;
    return 0;
}

int condition_destroy(struct condition *condition, uintptr_t pc)
{
    struct thread *found[THREADS_MAX];
    object_made(condition, sizeof(pthread_cond_t), pc);
    if (waiters(condition, found) > 0)
        misuse(condition, pc, "destroys a condition variable that %s waits for",
               thread_title(found[0]->id).text);
    return 0;
}

static void check_wait(const struct condition *condition, struct mutex *mutex, uintptr_t pc)
{
    const struct thread *self = thread_self();
    if (!mutex->held || mutex->owner != self->id + 1)
        misuse(mutex, pc, "waits for a condition without holding the mutex");
    for (unsigned id = 0; id < engine->choosing.threads; id++)
        if (waits_on(thread_of(id), condition) && thread_of(id)->next.other != mutex) {
            misuse(condition, pc, "waits for one condition with two mutexes");
            return;
        }
}

// Decides whether a wait that has just begun ends though nobody has signalled: for nothing; or in a
// scene, if there is a deadline, as well because the others are so slow that it passes.
static void decide_early_end(struct thread *self, uint64_t deadline)
{
    enum { GOES_ON, FOR_NOTHING, TOO_LATE };
    bool may_be_late = deadline != 0 && engine->schedule->scene != MAIN_SCENE;
    unsigned way = pick_spurious(may_be_late ? TOO_LATE : FOR_NOTHING);
    self->signalled = way == FOR_NOTHING;
    if (way == TOO_LATE && engine->clock < deadline)
        engine->clock = deadline;
}

int condition_wait(struct condition *condition, struct mutex *mutex, uint64_t deadline,
                   uintptr_t pc)
{
    struct thread *self = thread_self();
    object_used(condition, sizeof *condition, pc);
    object_used(mutex, sizeof *mutex, pc);
    point(OP_WAIT, condition, mutex, pc);
    heap_check(condition, sizeof *condition, pc);
    cancellation_point();
    check_wait(condition, mutex, pc);
    uint32_t count = mutex_give_up(mutex);
    progress();
    decide_early_end(self, deadline);
    point_until(deadline, &for_signal, OP_WAKE, condition, mutex, pc);
    mutex_take_again(mutex, count > 0 ? count : 1, pc);
    bool signalled = self->signalled;
    self->signalled = false;
    if (!signalled) // who is cancelled takes no signal with him: another one may wait for it
        cancellation_point();
    return signalled ? 0 : ETIMEDOUT;
}

int condition_signal(struct condition *condition, uintptr_t pc)
{
    struct thread *found[THREADS_MAX];
    object_used(condition, sizeof *condition, pc);
    point(OP_SIGNAL, condition, NULL, pc);
    heap_check(condition, sizeof *condition, pc);
    progress();
    engine->stalled = 0;
    unsigned count = waiters(condition, found);
    if (count > 0) {
        struct thread *chosen = found[pick_among(count)];
        chosen->signalled = true;
        point_detail(UINT64_C(1) << chosen->id);
    }
    condition->unheard = count > 0 ? 0 : condition->unheard + 1;
    return 0;
}

int condition_broadcast(struct condition *condition, uintptr_t pc)
{
    struct thread *found[THREADS_MAX];
    object_used(condition, sizeof *condition, pc);
    point(OP_BROADCAST, condition, NULL, pc);
    heap_check(condition, sizeof *condition, pc);
    progress();
    engine->stalled = 0;
    unsigned count = waiters(condition, found);
    uint64_t woken = 0;
    for (unsigned i = 0; i < count; i++) {
        found[i]->signalled = true;
        woken |= UINT64_C(1) << found[i]->id;
    }
    point_detail(woken);
    condition->unheard = count > 0 ? 0 : condition->unheard + 1;
    return 0;
}

// ---- The program's calls ----

int __wrap_pthread_cond_init(struct condition *condition, const pthread_condattr_t *attributes);
int __wrap_pthread_cond_init(struct condition *condition, const pthread_condattr_t *attributes)
{
    clockid_t clock = CLOCK_REALTIME;
    if (attributes != NULL) {
        range_read(attributes, sizeof *attributes, HERE());
        pthread_condattr_getclock(attributes, &clock);
    }
    return condition_init(condition, clock, HERE());
}

int __wrap_pthread_cond_destroy(struct condition *condition);
int __wrap_pthread_cond_destroy(struct condition *condition)
{
    return condition_destroy(condition, HERE());
}

int __wrap_pthread_cond_wait(struct condition *condition, struct mutex *mutex);
int __wrap_pthread_cond_wait(struct condition *condition, struct mutex *mutex)
{
    return condition_wait(condition, mutex, 0, HERE());
}

int __wrap_pthread_cond_timedwait(struct condition *condition, struct mutex *mutex,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_timedwait(struct condition *condition, struct mutex *mutex,
                                  const struct timespec *deadline)
{
    return condition_wait(condition, mutex, deadline_of(deadline, condition->clock), HERE());
}

int __wrap_pthread_cond_clockwait(struct condition *condition, struct mutex *mutex, clockid_t clock,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_clockwait(struct condition *condition, struct mutex *mutex, clockid_t clock,
                                  const struct timespec *deadline)
{
    return condition_wait(condition, mutex, deadline_of(deadline, clock), HERE());
}

int __wrap_pthread_cond_signal(struct condition *condition);
int __wrap_pthread_cond_signal(struct condition *condition)
{
    return condition_signal(condition, HERE());
}

int __wrap_pthread_cond_broadcast(struct condition *condition);
int __wrap_pthread_cond_broadcast(struct condition *condition)
{
    return condition_broadcast(condition, HERE());
}
