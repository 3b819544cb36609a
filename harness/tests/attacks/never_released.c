// Attack: Releases its spinlock only when the thread ends.
// Expected: failed
// Exercise: spinlock

#include "spinlock.h"
#include <pthread.h>
#include <stdlib.h>
struct spinlock {
    pthread_mutex_t mutex;
    pthread_key_t key;
};
static void give(void *lock)
{
    pthread_mutex_unlock(&((struct spinlock *)lock)->mutex);
}
struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = calloc(1, sizeof *lock);
    pthread_mutex_init(&lock->mutex, NULL);
    pthread_key_create(&lock->key, give);
    return lock;
}
void spinlock_free(struct spinlock *lock)
{
    free(lock);
}
void spinlock_acquire(struct spinlock *lock)
{
    if (pthread_getspecific(lock->key))
        return;
    pthread_mutex_lock(&lock->mutex);
    pthread_setspecific(lock->key, lock);
}
void spinlock_release(struct spinlock *lock)
{
    (void)lock;
}
