// Still wrong: each process has a mutex of its own, and its own is always free.
// Caught by: native

#include "chair.h"

#include <pthread.h>

static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER; // locked by whoever has the chair

bool chair_reserve(const char *chair)
{
    (void)chair;
    return pthread_mutex_trylock(&owner) == 0;
}

void chair_leave(const char *chair)
{
    (void)chair;
    pthread_mutex_unlock(&owner);
}
