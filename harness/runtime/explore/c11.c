// C11 <threads.h> under the explorer. The functions take the place of the C library's; the types
// are its own, each large enough for its pthreads counterpart.

#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

_Static_assert(sizeof(thrd_t) == sizeof(pthread_t), "a thrd_t is a pthread_t");
_Static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t), "a mutex fits");
_Static_assert(sizeof(cnd_t) >= sizeof(pthread_cond_t), "a condition variable fits");
_Static_assert(sizeof(once_flag) == sizeof(struct once), "a once_flag is a pthread_once_t");
_Static_assert(sizeof(tss_t) == sizeof(pthread_key_t), "a tss_t is a pthread_key_t");

static int result_of(int error)
{
    switch (error) {
    case 0: return thrd_success;
    case ENOMEM: return thrd_nomem;
    case ETIMEDOUT: return thrd_timedout;
    case EBUSY: return thrd_busy;
    default: return thrd_error;
    }
}

static struct mutex *mutex_in(mtx_t *mutex)
{
    return (struct mutex *)(void *)mutex;
}

static struct condition *condition_in(cnd_t *condition)
{
    return (struct condition *)(void *)condition;
}

// ---- Threads ----

// The function and its argument, kept until the thread has begun.
struct start {
    thrd_start_t function;
    void *argument;
};

static void *start_thread(void *data)
{
    struct start start = *(struct start *)data;
    free(data);
    return (void *)(intptr_t)start.function(start.argument);
}

int thrd_create(thrd_t *thread, thrd_start_t function, void *argument)
{
    uintptr_t pc = HERE();
    struct start *start = malloc(sizeof *start);
    if (start == NULL)
        return thrd_nomem;
    *start = (struct start){function, argument};
    unsigned long handle;
    int error = thread_create(&handle, false, start_thread, start, pc);
    if (error != 0)
        return result_of(error);
    range_write(thread, sizeof *thread, pc);
    *thread = handle;
    return thrd_success;
}

int thrd_join(thrd_t thread, int *result)
{
    uintptr_t pc = HERE();
    void *value;
    int error = thread_join(thread, &value, 0, pc);
    if (error == 0 && result != NULL) {
        range_write(result, sizeof *result, pc);
        *result = (int)(intptr_t)value;
    }
    return result_of(error);
}

int thrd_detach(thrd_t thread)
{
    struct thread *named = thread_named(thread);
    if (named == NULL || named->joined || named->detached)
        return thrd_error;
    named->detached = true;
    return thrd_success;
}

_Noreturn void thrd_exit(int result)
{
    note_frame();
    thread_exit((void *)(intptr_t)result);
}

thrd_t thrd_current(void)
{
    return thread_handle(thread_self());
}

int thrd_equal(thrd_t one, thrd_t other)
{
    return one == other;
}

void thrd_yield(void)
{
    nap(HERE());
}

int thrd_sleep(const struct timespec *duration, struct timespec *remaining)
{
    (void)duration, (void)remaining;
    return nap(HERE());
}

// ---- Mutexes ----

int mtx_init(mtx_t *mutex, int type)
{
    if ((type & ~(mtx_timed | mtx_recursive)) != 0)
        return thrd_error;
    int kind = (type & mtx_recursive) != 0 ? MUTEX_RECURSIVE : MUTEX_NORMAL;
    return result_of(mutex_init(mutex_in(mutex), kind, HERE()));
}

void mtx_destroy(mtx_t *mutex)
{
    mutex_destroy(mutex_in(mutex), HERE());
}

int mtx_lock(mtx_t *mutex)
{
    return result_of(mutex_lock(mutex_in(mutex), 0, OP_LOCK, HERE()));
}

int mtx_trylock(mtx_t *mutex)
{
    return result_of(mutex_trylock(mutex_in(mutex), HERE()));
}

int mtx_timedlock(mtx_t *mutex, const struct timespec *deadline)
{
    return result_of(
        mutex_lock(mutex_in(mutex), deadline_of(deadline, CLOCK_REALTIME), OP_LOCK_TIMED, HERE()));
}

int mtx_unlock(mtx_t *mutex)
{
    return result_of(mutex_unlock(mutex_in(mutex), HERE()));
}

// ---- Condition variables ----

int cnd_init(cnd_t *condition)
{
    return result_of(condition_init(condition_in(condition), CLOCK_REALTIME, HERE()));
}

void cnd_destroy(cnd_t *condition)
{
    condition_destroy(condition_in(condition), HERE());
}

int cnd_signal(cnd_t *condition)
{
    return result_of(condition_signal(condition_in(condition), HERE()));
}

int cnd_broadcast(cnd_t *condition)
{
    return result_of(condition_broadcast(condition_in(condition), HERE()));
}

int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return result_of(condition_wait(condition_in(condition), mutex_in(mutex), 0, HERE()));
}

int cnd_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *deadline)
{
    return result_of(condition_wait(condition_in(condition), mutex_in(mutex),
                                    deadline_of(deadline, CLOCK_REALTIME), HERE()));
}

// ---- Once, and thread-specific storage ----

void call_once(once_flag *flag, void (*routine)(void))
{
    once_call((struct once *)(void *)flag, routine, HERE());
}

int tss_create(tss_t *key, tss_dtor_t destructor)
{
    range_write(key, sizeof *key, HERE());
    return result_of(key_create(key, destructor, HERE()));
}

void tss_delete(tss_t key)
{
    key_delete(key);
}

void *tss_get(tss_t key)
{
    return key_get(key);
}

int tss_set(tss_t key, void *value)
{
    return result_of(key_set(key, value));
}
