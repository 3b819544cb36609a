// Barriers. Arriving and passing are two operations, so that threads that arrive need not be told
// apart by their order. For the same reason the thread with the lowest number is the serial one,
// not the last.

#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

_Static_assert(sizeof(struct barrier) <= sizeof(pthread_barrier_t), "a barrier fits");

static bool may_pass(const struct thread *thread)
{
    const struct barrier *barrier = thread->next.object;
    return barrier->phase != (uint32_t)thread->waited_for;
}

static const struct waiting for_others = {"waits at a barrier", may_pass, NULL};

int __wrap_pthread_barrier_init(struct barrier *barrier, const pthread_barrierattr_t *attributes,
                                unsigned count);
int __wrap_pthread_barrier_init(struct barrier *barrier, const pthread_barrierattr_t *attributes,
                                unsigned count)
{
    if (attributes != NULL)
        range_read(attributes, sizeof *attributes, HERE());
    if (count == 0)
        return EINVAL;
    object_made(barrier, sizeof(pthread_barrier_t), HERE());
    memset(barrier, 0, sizeof(pthread_barrier_t));
    barrier->parties = count;
    return 0;
}

int __wrap_pthread_barrier_destroy(struct barrier *barrier);
int __wrap_pthread_barrier_destroy(struct barrier *barrier)
{
    uintptr_t pc = HERE();
    object_made(barrier, sizeof(pthread_barrier_t), pc);
    if (barrier->arrived > 0)
        misuse(barrier, pc, "destroys a barrier at which a thread waits");
    barrier->magic = SYNC_DESTROYED;
    return 0;
}

int __wrap_pthread_barrier_wait(struct barrier *barrier);
int __wrap_pthread_barrier_wait(struct barrier *barrier)
{
    uintptr_t pc = HERE();
    object_used(barrier, sizeof *barrier, pc);
    if (barrier->magic == SYNC_DESTROYED)
        misuse(barrier, pc, "waits at a barrier that is destroyed");
    point(OP_BARRIER_ARRIVE, barrier, NULL, pc);
    heap_check(barrier, sizeof *barrier, pc);
    progress();

    uint32_t phase = barrier->phase;
    bool last = barrier->arrived + 1 == barrier->parties;
    point_detail(2 * (uint64_t)phase + last);
    const void *meeting = (const char *)barrier + (phase & 1); // two phases never mix
    clock_release(meeting);
    uint8_t self = thread_self()->id;
    if (barrier->arrived == 0 || self < barrier->lowest)
        barrier->lowest = self;
    barrier->serial[phase & 1] = barrier->lowest;
    barrier->arrived = last ? 0 : barrier->arrived + 1;
    barrier->phase += last;
    thread_self()->waited_for = phase;
    point_waiting(&for_others, OP_BARRIER_PASS, barrier, NULL, pc);
    clock_acquire(meeting);
    return barrier->serial[phase & 1] == self ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}
