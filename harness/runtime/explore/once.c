// pthread_once, and thread-specific data. The destructors of the latter run in threads.c.

#include "sync.h"

#include <errno.h>
#include <pthread.h>

enum { ONCE_NEW, ONCE_RUNS, ONCE_DONE };

_Static_assert(sizeof(struct once) == sizeof(pthread_once_t) && PTHREAD_ONCE_INIT == ONCE_NEW,
               "a static initialiser says that it is new");

static bool may_go(const struct thread *thread)
{
    const struct once *once = thread->next.object;
    return once->state != ONCE_RUNS;
}

static const struct waiting for_routine = {"waits for a call of pthread_once", may_go, NULL};

int once_call(struct once *once, void (*routine)(void), uintptr_t pc)
{
    object_used(once, sizeof *once, pc);
    point_waiting(&for_routine, OP_ONCE, once, NULL, pc);
    if (once->state == ONCE_DONE) {
        point_detail(2);
        clock_acquire(once);
        return 0;
    }
    once->state = ONCE_RUNS;
    progress();
    routine();
    point(OP_ONCE, once, NULL, pc); // what the routine has stored has arrived
    once->state = ONCE_DONE;
    clock_release(once);
    effect(once);
    point_detail(1);
    return 0;
}

int __wrap_pthread_once(struct once *once, void (*routine)(void));
int __wrap_pthread_once(struct once *once, void (*routine)(void))
{
    return once_call(once, routine, HERE());
}

// ---- Thread-specific data ----

int key_create(unsigned *key, void (*destructor)(void *), uintptr_t pc)
{
    if (!running->on)
        too_early("a key that is made", pc);
    for (unsigned i = 0; i < KEYS_MOST; i++) {
        if (engine->keys[i].used)
            continue;
        engine->keys[i] = (struct key){true, destructor};
        if (engine->keys_used <= i)
            engine->keys_used = i + 1;
        for (unsigned id = 0; id < engine->choosing.threads; id++)
            thread_of(id)->values[i] = NULL;
        *key = i;
        return 0;
    }
    return EAGAIN;
}

int key_delete(unsigned key)
{
    if (key >= KEYS_MOST || !engine->keys[key].used)
        return EINVAL;
    engine->keys[key] = (struct key){false, NULL};
    return 0;
}

int key_set(unsigned key, const void *value)
{
    if (key >= KEYS_MOST || !engine->keys[key].used)
        return EINVAL;
    thread_self()->values[key] = value;
    return 0;
}

void *key_get(unsigned key)
{
    return key < engine->keys_used ? (void *)(uintptr_t)thread_self()->values[key] : NULL;
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));
int __wrap_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    uintptr_t pc = HERE();
    range_write(key, sizeof *key, pc);
    return key_create(key, destructor, pc);
}

int __wrap_pthread_key_delete(pthread_key_t key);
int __wrap_pthread_key_delete(pthread_key_t key)
{
    return key_delete(key);
}

int __wrap_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
    return key_set(key, value);
}

void *__wrap_pthread_getspecific(pthread_key_t key);
void *__wrap_pthread_getspecific(pthread_key_t key)
{
    return key_get(key);
}
