// Virtual time. It passes only when nobody can run: naps cost nothing, a time-out fires when nothing
// else can happen. All clocks show the same time. A look at a clock is a look like any other: who waits
// for time to pass spins.

#include "sync.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>

enum { SECONDS_AT_START = 1800000000 };
static const uint64_t NS = 1000000000;

// A time before the run began counts as its first nanosecond: past.
uint64_t deadline_of(const void *timespec)
{
    const struct timespec *time = timespec;
    if (time->tv_sec < SECONDS_AT_START)
        return 1;
    return (uint64_t)(time->tv_sec - SECONDS_AT_START) * NS + (uint64_t)time->tv_nsec + 1;
}

uint64_t deadline_after(uint64_t nanoseconds)
{
    return engine->clock + nanoseconds + 1;
}

static struct timespec now(uintptr_t pc)
{
    event(pc);
    look(pc, &engine->clock, engine->clock, false);
    memory_changed(); // it goes by itself, if nobody else does
    return (struct timespec){(time_t)(SECONDS_AT_START + engine->clock / NS),
                             (long)(engine->clock % NS)};
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    (void)clock;
    *time = now(HERE());
    return 0;
}

int __wrap_timespec_get(struct timespec *time, int base);
int __wrap_timespec_get(struct timespec *time, int base)
{
    *time = now(HERE());
    return base;
}

int __wrap_gettimeofday(struct timeval *time, void *zone);
int __wrap_gettimeofday(struct timeval *time, void *zone)
{
    (void)zone;
    struct timespec precise = now(HERE());
    *time = (struct timeval){precise.tv_sec, precise.tv_nsec / 1000};
    return 0;
}

time_t __wrap_time(time_t *seconds);
time_t __wrap_time(time_t *seconds)
{
    time_t time = now(HERE()).tv_sec;
    if (seconds != NULL)
        *seconds = time;
    return time;
}

clock_t __wrap_clock(void);
clock_t __wrap_clock(void)
{
    (void)now(HERE());
    return (clock_t)(engine->clock / (NS / CLOCKS_PER_SEC));
}

// ---- Giving way ----

static void yield(uintptr_t pc)
{
    if (engine->live > 1)
        point(OP_YIELD, NULL, NULL, pc);
    else
        event(pc);
}

int nap(uintptr_t pc)
{
    struct thread *self = self_thread();
    if (self->must_not_wait) {
        self->next.pc = pc;
        end_waiting();
    }
    yield(pc);
    cancellation_point();
    return 0;
}

int __wrap_sched_yield(void);
int __wrap_sched_yield(void)
{
    yield(HERE());
    return 0;
}

int __wrap_pthread_yield(void);
int __wrap_pthread_yield(void)
{
    yield(HERE());
    return 0;
}

int __wrap_usleep(unsigned microseconds);
int __wrap_usleep(unsigned microseconds)
{
    (void)microseconds;
    return nap(HERE());
}

unsigned __wrap_sleep(unsigned seconds);
unsigned __wrap_sleep(unsigned seconds)
{
    (void)seconds;
    return (unsigned)nap(HERE());
}

int __wrap_nanosleep(const struct timespec *duration, struct timespec *remaining);
int __wrap_nanosleep(const struct timespec *duration, struct timespec *remaining)
{
    (void)duration, (void)remaining;
    return nap(HERE());
}

int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *duration,
                           struct timespec *remaining);
int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *duration,
                           struct timespec *remaining)
{
    (void)clock, (void)flags, (void)duration, (void)remaining;
    return nap(HERE());
}
