// What attributes hold is memory like any other: who sets them writes it, who asks for them reads it.

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
