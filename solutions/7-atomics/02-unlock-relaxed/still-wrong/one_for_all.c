// Still wrong: one mutex behind all locks: right for one lock, and two can never be held at once.
// Caught by: explore, tsan, helgrind, native

#include "unlock_relaxed.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

struct lock {
    char unused;
};

struct lock *lock_new(void)
{
    return calloc(1, sizeof(struct lock));
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    (void)lock;
    pthread_mutex_lock(&mutex);
}

void lock_release(struct lock *lock)
{
    (void)lock;
    pthread_mutex_unlock(&mutex);
}
