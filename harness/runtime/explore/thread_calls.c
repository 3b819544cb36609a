// pthread_create, _join and their like. A pthread_t is a slot's number and 1.

#define _GNU_SOURCE
#include "driver_statics.h"
#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

int thread_create(unsigned long *handle, bool detached, void *(*function)(void *), void *argument,
                  uintptr_t pc)
{
    if (!running->on) {
        too_early("a thread that begins", pc);
        return EAGAIN;
    }
    if (running->signalfd) {
        thread_self()->next.pc = pc;
        run_end(ENDED_UNSUPPORTED, "a thread beside a signalfd");
    }
    point(OP_CREATE, NULL, NULL, pc);
    progress();
    struct thread *thread = thread_begin(function, argument, pc);
    if (thread == NULL)
        return EAGAIN;
    thread->detached = detached;
    struct outcome *outcome = engine->outcome;
    if (outcome->step_count > 0)
        outcome->steps[outcome->step_count - 1].done.object = thread_object(thread->id);
    *handle = thread_handle(thread);
    return 0;
}

static bool has_ended(const struct thread *thread)
{
    return wait_given_up(thread) || thread_named((uintptr_t)thread->next.object)->ended;
}

static const struct thread *joined_thread(const struct thread *thread)
{
    return thread_named((uintptr_t)thread->next.object);
}

static const struct waiting for_end = {"waits for a thread's end", has_ended, joined_thread};

int thread_join(unsigned long handle, void **result, uint64_t deadline, uintptr_t pc)
{
    struct thread *thread = thread_named(handle);
    const void *object = (const void *)handle;
    if (thread == NULL || thread->joined || thread->detached) {
        thread_misuse(KIND_THREAD_MISUSE, object, pc, "joins %s",
                      thread == NULL     ? "what is no thread"
                      : thread->detached ? "a detached thread"
                                         : "a thread that was joined already");
        return thread == NULL ? ESRCH : EINVAL;
    }
    if (thread == thread_self())
        return EDEADLK;
    point_until(deadline, &for_end, OP_JOIN, object, NULL, pc);
    progress();
    if (!thread->ended) {
        cancellation_point();
        return ETIMEDOUT;
    }
    clock_acquire(object);
    clock_join(thread);
    thread->joined = true;
    if (result != NULL) {
        range_write(result, sizeof(void *), pc);
        *result = thread->result;
    }
    return 0;
}

// Stacks are of one size here.
static void check_stack(const pthread_attr_t *attributes, uintptr_t pc)
{
    size_t size = 0;
    pthread_attr_getstacksize(attributes, &size);
    if (!running->on || size <= STACK_SLOT || driver_is_there())
        return;
    thread_self()->next.pc = pc;
    run_end(ENDED_UNSUPPORTED, "a stack of more than %d MiB", STACK_SLOT / MEBI);
}

// ---- The program's calls ----

int __wrap_pthread_create(pthread_t *handle, const pthread_attr_t *attributes,
                          void *(*function)(void *), void *argument);
int __wrap_pthread_create(pthread_t *handle, const pthread_attr_t *attributes,
                          void *(*function)(void *), void *argument)
{
    uintptr_t pc = HERE();
    int state = PTHREAD_CREATE_JOINABLE;
    if (attributes != NULL) {
        range_read(attributes, sizeof *attributes, pc);
        check_stack(attributes, pc);
        pthread_attr_getdetachstate(attributes, &state);
    }
    unsigned long created;
    int error = thread_create(&created, state == PTHREAD_CREATE_DETACHED, function, argument, pc);
    if (error != 0)
        return error;
    range_write(handle, sizeof *handle, pc);
    *handle = created;
    return 0;
}

int __wrap_pthread_join(pthread_t handle, void **result);
int __wrap_pthread_join(pthread_t handle, void **result)
{
    return thread_join(handle, result, 0, HERE());
}

int __wrap_pthread_tryjoin_np(pthread_t handle, void **result);
int __wrap_pthread_tryjoin_np(pthread_t handle, void **result)
{
    uintptr_t pc = HERE();
    const struct thread *thread = thread_named(handle);
    if (thread != NULL) {
        point(OP_READ, thread_object(thread->id), NULL, pc);
        look(pc, (const void *)handle, thread->ended, true);
        if (!thread->ended)
            return EBUSY;
    }
    return thread_join(handle, result, 0, pc);
}

int __wrap_pthread_timedjoin_np(pthread_t handle, void **result, const struct timespec *deadline);
int __wrap_pthread_timedjoin_np(pthread_t handle, void **result, const struct timespec *deadline)
{
    return thread_join(handle, result, deadline_of(deadline, CLOCK_REALTIME), HERE());
}

int __wrap_pthread_clockjoin_np(pthread_t handle, void **result, clockid_t clock,
                                const struct timespec *deadline);
int __wrap_pthread_clockjoin_np(pthread_t handle, void **result, clockid_t clock,
                                const struct timespec *deadline)
{
    return thread_join(handle, result, deadline_of(deadline, clock), HERE());
}

int __wrap_pthread_detach(pthread_t handle);
int __wrap_pthread_detach(pthread_t handle)
{
    struct thread *thread = thread_named(handle);
    if (thread == NULL)
        return ESRCH;
    if (thread->detached || thread->joined)
        return EINVAL;
    thread->detached = true;
    return 0;
}

pthread_t __wrap_pthread_self(void);
pthread_t __wrap_pthread_self(void)
{
    return thread_handle(thread_self());
}

_Noreturn void __wrap_pthread_exit(void *result);
_Noreturn void __wrap_pthread_exit(void *result)
{
    note_frame();
    thread_exit(result);
}

// ---- What needs a kernel's thread and changes nothing here ----

int __wrap_pthread_setname_np(pthread_t handle, const char *name);
int __wrap_pthread_setname_np(pthread_t handle, const char *name)
{
    (void)handle;
    range_read(name, strlen(name) + 1, HERE());
    return strlen(name) < 16 ? 0 : ERANGE;
}

int __wrap_pthread_getname_np(pthread_t handle, char *name, size_t size);
int __wrap_pthread_getname_np(pthread_t handle, char *name, size_t size)
{
    range_write(name, size, HERE());
    int length = snprintf(name, size, "thread %lu", handle - 1);
    return (size_t)length < size ? 0 : ERANGE;
}

int __wrap_pthread_setaffinity_np(pthread_t handle, size_t size, const void *set);
int __wrap_pthread_setaffinity_np(pthread_t handle, size_t size, const void *set)
{
    (void)handle, (void)size, (void)set;
    return 0;
}

int __wrap_pthread_setschedparam(pthread_t handle, int policy, const void *parameters);
int __wrap_pthread_setschedparam(pthread_t handle, int policy, const void *parameters)
{
    (void)handle, (void)policy, (void)parameters;
    return 0;
}

int __wrap_pthread_getcpuclockid(pthread_t handle, clockid_t *clock);
int __wrap_pthread_getcpuclockid(pthread_t handle, clockid_t *clock)
{
    (void)handle;
    range_write(clock, sizeof *clock, HERE());
    *clock = CLOCK_PROCESS_CPUTIME_ID;
    return 0;
}

// All threads are one to the system.
int __wrap_pthread_getaffinity_np(pthread_t handle, size_t size, cpu_set_t *processors);
int __wrap_pthread_getaffinity_np(pthread_t handle, size_t size, cpu_set_t *processors)
{
    (void)handle;
    range_write(processors, size, HERE());
    return sched_getaffinity(0, size, processors) == 0 ? 0 : errno;
}

int __wrap_pthread_getschedparam(pthread_t handle, int *policy, struct sched_param *parameters);
int __wrap_pthread_getschedparam(pthread_t handle, int *policy, struct sched_param *parameters)
{
    (void)handle;
    range_write(policy, sizeof *policy, HERE());
    range_write(parameters, sizeof *parameters, HERE());
    *policy = sched_getscheduler(0);
    return sched_getparam(0, parameters) == 0 ? 0 : errno;
}
