// What functions of <math.h>, and some that ask the system, give back besides what they return:
// they store it where their caller says.

#define _GNU_SOURCE
#include "ranges.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

// ---- <math.h>, in its three precisions ----

#define STORES_EXPONENT(type, name)                                                                \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(type number, int *exponent)                                                 \
    {                                                                                              \
        range_write(exponent, sizeof *exponent, called_from());                                    \
        return name(number, exponent);                                                             \
    }

STORES_EXPONENT(double, frexp)
STORES_EXPONENT(float, frexpf)
STORES_EXPONENT(long double, frexpl)

#define STORES_WHOLE(type, name)                                                                   \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(type number, type *whole)                                                   \
    {                                                                                              \
        range_write(whole, sizeof *whole, called_from());                                          \
        return name(number, whole);                                                                \
    }

STORES_WHOLE(double, modf)
STORES_WHOLE(float, modff)
STORES_WHOLE(long double, modfl)

#define STORES_QUOTIENT(type, name)                                                                \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(type number, type divisor, int *quotient)                                   \
    {                                                                                              \
        range_write(quotient, sizeof *quotient, called_from());                                    \
        return name(number, divisor, quotient);                                                    \
    }

STORES_QUOTIENT(double, remquo)
STORES_QUOTIENT(float, remquof)
STORES_QUOTIENT(long double, remquol)

#define STORES_BOTH(type, name)                                                                    \
    __typeof__(name) __wrap_##name;                                                                \
    void __wrap_##name(type angle, type *sine, type *cosine)                                       \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_write(sine, sizeof *sine, pc);                                                       \
        range_write(cosine, sizeof *cosine, pc);                                                   \
        name(angle, sine, cosine);                                                                 \
    }

STORES_BOTH(double, sincos)
STORES_BOTH(float, sincosf)
STORES_BOTH(long double, sincosl)

#define STORES_SIGN(type, name)                                                                    \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(type number, int *sign)                                                     \
    {                                                                                              \
        range_write(sign, sizeof *sign, called_from());                                            \
        return name(number, sign);                                                                 \
    }

STORES_SIGN(double, lgamma_r)
STORES_SIGN(float, lgammaf_r)
STORES_SIGN(long double, lgammal_r)

// "Not a number", and which one: the text holds a number.
#define READS_NUMBER(type, name)                                                                   \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(const char *text)                                                           \
    {                                                                                              \
        range_read_string(text, called_from());                                                    \
        return name(text);                                                                         \
    }

READS_NUMBER(double, nan)
READS_NUMBER(float, nanf)
READS_NUMBER(long double, nanl)

// ---- What the system says ----

__typeof__(pipe) __wrap_pipe;
int __wrap_pipe(int ends[2])
{
    range_write(ends, 2 * sizeof *ends, called_from());
    return pipe(ends);
}

__typeof__(pipe2) __wrap_pipe2;
int __wrap_pipe2(int ends[2], int flags)
{
    range_write(ends, 2 * sizeof *ends, called_from());
    return pipe2(ends, flags);
}

__typeof__(timespec_getres) __wrap_timespec_getres;
int __wrap_timespec_getres(struct timespec *step, int base)
{
    if (step != NULL)
        range_write(step, sizeof *step, called_from());
    return timespec_getres(step, base);
}

// CPU_COUNT.
__typeof__(__sched_cpucount) __wrap___sched_cpucount;
int __wrap___sched_cpucount(size_t size, const cpu_set_t *processors)
{
    range_read(processors, size, called_from());
    return __sched_cpucount(size, processors);
}

__typeof__(clock_getres) __wrap_clock_getres;
int __wrap_clock_getres(clockid_t clock, struct timespec *step)
{
    if (step != NULL)
        range_write(step, sizeof *step, called_from());
    return clock_getres(clock, step);
}

__typeof__(times) __wrap_times;
clock_t __wrap_times(struct tms *used)
{
    if (used != NULL)
        range_write(used, sizeof *used, called_from());
    return times(used);
}

__typeof__(getcpu) __wrap_getcpu;
int __wrap_getcpu(unsigned *processor, unsigned *node)
{
    uintptr_t pc = called_from();
    if (processor != NULL)
        range_write(processor, sizeof *processor, pc);
    if (node != NULL)
        range_write(node, sizeof *node, pc);
    return getcpu(processor, node);
}

__typeof__(sched_getparam) __wrap_sched_getparam;
int __wrap_sched_getparam(pid_t process, struct sched_param *parameters)
{
    range_write(parameters, sizeof *parameters, called_from());
    return sched_getparam(process, parameters);
}

__typeof__(sched_getaffinity) __wrap_sched_getaffinity;
int __wrap_sched_getaffinity(pid_t process, size_t size, cpu_set_t *processors)
{
    range_write(processors, size, called_from());
    return sched_getaffinity(process, size, processors);
}

__typeof__(sched_rr_get_interval) __wrap_sched_rr_get_interval;
int __wrap_sched_rr_get_interval(pid_t process, struct timespec *interval)
{
    range_write(interval, sizeof *interval, called_from());
    return sched_rr_get_interval(process, interval);
}

__typeof__(clock_getcpuclockid) __wrap_clock_getcpuclockid;
int __wrap_clock_getcpuclockid(pid_t process, clockid_t *clock)
{
    range_write(clock, sizeof *clock, called_from());
    return clock_getcpuclockid(process, clock);
}
