// Robust mutexes, whose owners may end without unlocking them.
#pragma once

#include <pthread.h>
#include <stdbool.h>

// As the C library remembers it in the mutex: in its kind.
static inline bool is_robust(const pthread_mutex_t *mutex)
{
    enum { ROBUST = 16 };
    return (mutex->__data.__kind & ROBUST) != 0;
}

// A call that locks a robust mutex has given `error`, which it returns.
int robust_locked(int error);
