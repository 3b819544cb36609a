// What all locks share: each thread knows which it holds, and where it took them.

#include "sync.h"

void lock_held(const void *object, bool robust, uintptr_t pc)
{
    struct thread *self = thread_self();
    if (self->held_count < HELD_MOST) {
        struct held_lock *held = &self->held[self->held_count];
        held->object = object;
        held->robust = robust;
        stack_take(self, pc, &held->stack);
    }
    self->held_count++;
}

void lock_released(struct thread *thread, const void *object)
{
    uint32_t known = thread->held_count < HELD_MOST ? thread->held_count : HELD_MOST;
    for (uint32_t i = known; i-- > 0;) {
        if (thread->held[i].object != object)
            continue;
        for (; i + 1 < known; i++)
            thread->held[i] = thread->held[i + 1];
        break;
    }
    if (thread->held_count > 0)
        thread->held_count--;
}

void locks_leave(void)
{
    struct thread *self = thread_self();
    uint32_t kept = 0;
    while (kept < self->held_count && kept < HELD_MOST) {
        const struct held_lock *held = &self->held[kept];
        if (held->robust) {
            mutex_abandon((struct mutex *)(uintptr_t)held->object);
            continue; // it is not among them any more
        }
        misuse(held->object, held->stack.frames[0], "ends while it holds a lock");
        kept++;
    }
}
