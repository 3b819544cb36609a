// What attributes hold is memory like any other: who sets them writes it, who asks for them reads
// it.

#define _GNU_SOURCE
#include "ranges.h"

#include <pthread.h>

#define SETS(function, type, value_type)                                                           \
    __typeof__(function) __wrap_##function;                                                        \
    int __wrap_##function(type *attributes, value_type value)                                      \
    {                                                                                              \
        range_write(attributes, sizeof *attributes, called_from());                                \
        return function(attributes, value);                                                        \
    }

#define GETS(function, type, value_type)                                                           \
    __typeof__(function) __wrap_##function;                                                        \
    int __wrap_##function(const type *restrict attributes, value_type *restrict value)             \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_read(attributes, sizeof *attributes, pc);                                            \
        range_write(value, sizeof *value, pc);                                                     \
        return function(attributes, value);                                                        \
    }

#define RENEWS(function, type)                                                                     \
    __typeof__(function) __wrap_##function;                                                        \
    int __wrap_##function(type *attributes)                                                        \
    {                                                                                              \
        range_write(attributes, sizeof *attributes, called_from());                                \
        return function(attributes);                                                               \
    }

RENEWS(pthread_attr_init, pthread_attr_t)
RENEWS(pthread_attr_destroy, pthread_attr_t)
SETS(pthread_attr_setdetachstate, pthread_attr_t, int)
GETS(pthread_attr_getdetachstate, pthread_attr_t, int)
SETS(pthread_attr_setguardsize, pthread_attr_t, size_t)
GETS(pthread_attr_getguardsize, pthread_attr_t, size_t)
SETS(pthread_attr_setstacksize, pthread_attr_t, size_t)
GETS(pthread_attr_getstacksize, pthread_attr_t, size_t)

RENEWS(pthread_mutexattr_init, pthread_mutexattr_t)
RENEWS(pthread_mutexattr_destroy, pthread_mutexattr_t)
SETS(pthread_mutexattr_settype, pthread_mutexattr_t, int)
GETS(pthread_mutexattr_gettype, pthread_mutexattr_t, int)
SETS(pthread_mutexattr_setrobust, pthread_mutexattr_t, int)
GETS(pthread_mutexattr_getrobust, pthread_mutexattr_t, int)

SETS(pthread_mutexattr_setprotocol, pthread_mutexattr_t, int)
GETS(pthread_mutexattr_getprotocol, pthread_mutexattr_t, int)
SETS(pthread_mutexattr_setpshared, pthread_mutexattr_t, int)
GETS(pthread_mutexattr_getpshared, pthread_mutexattr_t, int)

RENEWS(pthread_condattr_init, pthread_condattr_t)
RENEWS(pthread_condattr_destroy, pthread_condattr_t)
SETS(pthread_condattr_setclock, pthread_condattr_t, clockid_t)
GETS(pthread_condattr_getclock, pthread_condattr_t, clockid_t)
SETS(pthread_condattr_setpshared, pthread_condattr_t, int)
GETS(pthread_condattr_getpshared, pthread_condattr_t, int)

RENEWS(pthread_barrierattr_init, pthread_barrierattr_t)
RENEWS(pthread_barrierattr_destroy, pthread_barrierattr_t)
SETS(pthread_barrierattr_setpshared, pthread_barrierattr_t, int)
GETS(pthread_barrierattr_getpshared, pthread_barrierattr_t, int)

RENEWS(pthread_rwlockattr_init, pthread_rwlockattr_t)
RENEWS(pthread_rwlockattr_destroy, pthread_rwlockattr_t)
SETS(pthread_rwlockattr_setkind_np, pthread_rwlockattr_t, int)
GETS(pthread_rwlockattr_getkind_np, pthread_rwlockattr_t, int)
SETS(pthread_rwlockattr_setpshared, pthread_rwlockattr_t, int)
GETS(pthread_rwlockattr_getpshared, pthread_rwlockattr_t, int)
