// Spin locks: like mutexes, for whoever looks at them from outside.

#include "sync.h"

#include <errno.h>
#include <pthread.h>

_Static_assert(sizeof(struct spin) <= sizeof(pthread_spinlock_t), "a spin lock fits");

static bool may_lock(const struct thread *thread)
{
    const struct spin *spin = thread->next.object;
    return owning_thread(spin->owner) == NULL;
}

static const struct thread *holder(const struct thread *thread)
{
    const struct spin *spin = thread->next.object;
    return owning_thread(spin->owner);
}

static const struct waiting for_spin = {"waits for a spin lock", may_lock, holder};

static void take(struct spin *spin, uintptr_t pc)
{
    spin->owner = thread_self()->id + 1;
    lock_held(spin, false, pc);
    clock_acquire((void *)spin);
    progress_of_lock();
}

int __wrap_pthread_spin_init(struct spin *spin, int shared);
int __wrap_pthread_spin_init(struct spin *spin, int shared)
{
    (void)shared;
    object_made(spin, sizeof *spin, HERE());
    spin->owner = 0;
    return 0;
}

int __wrap_pthread_spin_destroy(struct spin *spin);
int __wrap_pthread_spin_destroy(struct spin *spin)
{
    uintptr_t pc = HERE();
    object_made(spin, sizeof *spin, pc);
    if (spin->owner != 0)
        misuse(spin, pc, "destroys a spin lock that is locked");
    return 0;
}

int __wrap_pthread_spin_lock(struct spin *spin);
int __wrap_pthread_spin_lock(struct spin *spin)
{
    uintptr_t pc = HERE();
    object_used(spin, sizeof *spin, pc);
    point_waiting(&for_spin, OP_LOCK, spin, NULL, pc);
    heap_check(spin, sizeof *spin, pc);
    take(spin, pc);
    return 0;
}

int __wrap_pthread_spin_trylock(struct spin *spin);
int __wrap_pthread_spin_trylock(struct spin *spin)
{
    uintptr_t pc = HERE();
    object_used(spin, sizeof *spin, pc);
    point(OP_TRYLOCK, spin, NULL, pc);
    heap_check(spin, sizeof *spin, pc);
    if (owning_thread(spin->owner) == NULL) {
        point_detail(1);
        take(spin, pc);
        return 0;
    }
    look(pc, spin, (uint64_t)spin->owner, true);
    return EBUSY;
}

int __wrap_pthread_spin_unlock(struct spin *spin);
int __wrap_pthread_spin_unlock(struct spin *spin)
{
    uintptr_t pc = HERE();
    struct thread *self = thread_self();
    object_used(spin, sizeof *spin, pc);
    point(OP_UNLOCK, spin, NULL, pc);
    heap_check(spin, sizeof *spin, pc);
    struct thread *owner = owning_thread(spin->owner);
    if (owner == NULL) {
        misuse(spin, pc, "unlocks a spin lock that is not locked");
        return 0;
    }
    if (owner != self)
        misuse(spin, pc, "unlocks a spin lock that %s has locked", thread_title(owner->id).text);
    lock_released(owner, spin);
    clock_release(spin);
    spin->owner = 0;
    effect_of_lock(spin);
    return 0;
}
