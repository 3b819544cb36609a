// Semaphores. A post comes before the wait that it makes possible.

#include "sync.h"

#include <errno.h>
#include <semaphore.h>
#include <time.h>

static bool may_take(const struct thread *thread)
{
    const struct semaphore *semaphore = thread->next.object;
    return wait_given_up(thread) || semaphore->value > 0;
}

static const struct waiting for_post = {"waits for a semaphore", may_take, NULL};

static int take(struct semaphore *semaphore)
{
    semaphore->value--;
    clock_acquire(semaphore);
    progress();
    return 0;
}

static int wait_for(struct semaphore *semaphore, uint64_t deadline, uintptr_t pc)
{
    object_used(semaphore, sizeof *semaphore, pc);
    pick_lateness(deadline, pc);
    point_until(deadline, &for_post, OP_SEM_WAIT, semaphore, NULL, pc);
    heap_check(semaphore, sizeof *semaphore, pc);
    point_detail((uint64_t)semaphore->value);
    cancellation_point();
    if (semaphore->value > 0)
        return take(semaphore);
    point_in_vain(OP_SEM_TRY);
    errno = ETIMEDOUT;
    return -1;
}

int __wrap_sem_init(struct semaphore *semaphore, int shared, unsigned value);
int __wrap_sem_init(struct semaphore *semaphore, int shared, unsigned value)
{
    (void)shared;
    object_made(semaphore, sizeof(sem_t), HERE());
    semaphore->value = (int32_t)value;
    return 0;
}

int __wrap_sem_destroy(struct semaphore *semaphore);
int __wrap_sem_destroy(struct semaphore *semaphore)
{
    object_made(semaphore, sizeof(sem_t), HERE());
    return 0;
}

int __wrap_sem_wait(struct semaphore *semaphore);
int __wrap_sem_wait(struct semaphore *semaphore)
{
    return wait_for(semaphore, 0, HERE());
}

int __wrap_sem_timedwait(struct semaphore *semaphore, const struct timespec *deadline);
int __wrap_sem_timedwait(struct semaphore *semaphore, const struct timespec *deadline)
{
    return wait_for(semaphore, deadline_of(deadline, CLOCK_REALTIME), HERE());
}

int __wrap_sem_clockwait(struct semaphore *semaphore, int clock, const struct timespec *deadline);
int __wrap_sem_clockwait(struct semaphore *semaphore, int clock, const struct timespec *deadline)
{
    return wait_for(semaphore, deadline_of(deadline, clock), HERE());
}

int __wrap_sem_trywait(struct semaphore *semaphore);
int __wrap_sem_trywait(struct semaphore *semaphore)
{
    uintptr_t pc = HERE();
    object_used(semaphore, sizeof *semaphore, pc);
    point(OP_SEM_TRY, semaphore, NULL, pc);
    heap_check(semaphore, sizeof *semaphore, pc);
    if (semaphore->value > 0) {
        point_detail(1);
        return take(semaphore);
    }
    look(pc, semaphore, 0, true);
    errno = EAGAIN;
    return -1;
}

int __wrap_sem_post(struct semaphore *semaphore);
int __wrap_sem_post(struct semaphore *semaphore)
{
    uintptr_t pc = HERE();
    object_used(semaphore, sizeof *semaphore, pc);
    point(OP_SEM_POST, semaphore, NULL, pc);
    heap_check(semaphore, sizeof *semaphore, pc);
    point_detail((uint64_t)semaphore->value);
    clock_release(semaphore);
    semaphore->value++;
    effect(semaphore);
    return 0;
}

int __wrap_sem_getvalue(struct semaphore *semaphore, int *value);
int __wrap_sem_getvalue(struct semaphore *semaphore, int *value)
{
    uintptr_t pc = HERE();
    object_used(semaphore, sizeof *semaphore, pc);
    point(OP_SEM_TRY, semaphore, NULL, pc);
    point_detail(2);
    range_write(value, sizeof *value, pc);
    *value = semaphore->value;
    look(pc, semaphore, (uint64_t)*value, true);
    return 0;
}
