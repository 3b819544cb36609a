// Cancellation: a wait that ends, then the thread's exit at that point, by way of its cleanup
// handlers. The macros pthread_cleanup_push and _pop are made of the three functions at the end.

#include "core.h"

#include <errno.h>
#include <pthread.h>

void cancellation_point(void)
{
    struct thread *self = thread_self();
    if (running->on && self->cancelled && !self->cancel_disabled)
        thread_exit(PTHREAD_CANCELED);
}

// Waits that end by cancellation. A wait for a mutex does not.
static bool is_interruptible(enum op op)
{
    return op == OP_WAKE || op == OP_SEM_WAIT || op == OP_JOIN || op == OP_FILE || op == OP_PAUSE;
}

bool cancelled_before(enum op op)
{
    const struct thread *self = thread_self();
    return self->cancelled && !self->cancel_disabled && is_interruptible(op);
}

int __wrap_pthread_cancel(pthread_t handle);
int __wrap_pthread_cancel(pthread_t handle)
{
    uintptr_t pc = HERE();
    point(OP_CANCEL, (const void *)handle, NULL, pc);
    progress();
    struct thread *thread = thread_named(handle);
    if (thread == NULL)
        return ESRCH;
    thread->cancelled = true;
    if (!thread->cancel_disabled && (thread->cancel_anywhere || is_interruptible(thread->next.op)))
        thread->interrupted = true;
    if (thread->cancel_anywhere)
        look_ends(thread);
    effect((const void *)handle);
    return 0;
}

void __wrap_pthread_testcancel(void);
void __wrap_pthread_testcancel(void)
{
    uintptr_t pc = HERE();
    const void *own = thread_object(thread_self()->id);
    point(OP_YIELD, own, NULL, pc);
    look(pc, own, thread_self()->cancelled, true);
    cancellation_point();
}

int __wrap_pthread_setcancelstate(int state, int *old);
int __wrap_pthread_setcancelstate(int state, int *old)
{
    struct thread *self = thread_self();
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old != NULL) {
        range_write(old, sizeof *old, HERE());
        *old = self->cancel_disabled ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    }
    self->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int __wrap_pthread_setcanceltype(int type, int *old);
int __wrap_pthread_setcanceltype(int type, int *old)
{
    struct thread *self = thread_self();
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old != NULL) {
        range_write(old, sizeof *old, HERE());
        *old = self->cancel_anywhere ? PTHREAD_CANCEL_ASYNCHRONOUS : PTHREAD_CANCEL_DEFERRED;
    }
    self->cancel_anywhere = type == PTHREAD_CANCEL_ASYNCHRONOUS;
    if (self->cancel_anywhere)
        cancellation_point();
    return 0;
}

void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *buffer);
void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *buffer)
{
    buffer->__pad[0] = thread_self()->cleanup;
    thread_self()->cleanup = buffer;
}

void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *buffer);
void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *buffer)
{
    thread_self()->cleanup = buffer->__pad[0];
}

// A handler has run: on with the thread's exit.
_Noreturn void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *buffer);
_Noreturn void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *buffer)
{
    thread_self()->cleanup = buffer->__pad[0];
    thread_exit(thread_self()->result);
}
