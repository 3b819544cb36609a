// Virtual time. It passes only when nobody can run: naps cost nothing, a time-out fires when
// nothing else can happen. All clocks go alike, from different times on. A look at a clock is a
// look like any other: who waits for time to pass spins.

#include "sync.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>

// What clocks show when a run begins: the time of day, how long the machine has been up, and what
// the process or the thread has computed.
enum { SECONDS_OF_DAY = 1800000000, SECONDS_UP = 200000, SECONDS_COMPUTED = 0 };
// Nobody waits for years: who takes one clock's time for another's waits for ever.
enum { SECONDS_AWAITED_MOST = 100000000 };
static const uint64_t NS = 1000000000;

static time_t start_of(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI: return SECONDS_OF_DAY;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM: return SECONDS_UP;
    default: return SECONDS_COMPUTED;
    }
}

uint64_t deadline_of(const void *timespec, int clock)
{
    const struct timespec *time = timespec;
    const time_t start = start_of(clock), now = start + (time_t)(engine->clock / NS);
    if (time->tv_sec < start)
        return CLOCK_AT_START;
    if (time->tv_sec - now > SECONDS_AWAITED_MOST)
        return 0;
    return (uint64_t)(time->tv_sec - start) * NS + (uint64_t)time->tv_nsec + 1;
}

uint64_t deadline_after(uint64_t nanoseconds)
{
    return engine->clock + nanoseconds + 1;
}

static struct timespec now(clockid_t clock, uintptr_t pc)
{
    event(pc);
    look(pc, &engine->clock, engine->clock, false);
    memory_changed(); // it goes by itself, if nobody else does
    return (struct timespec){start_of(clock) + (time_t)(engine->clock / NS),
                             (long)(engine->clock % NS)};
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    uintptr_t pc = HERE();
    range_write(time, sizeof *time, pc);
    *time = now(clock, pc);
    return 0;
}

int __wrap_timespec_get(struct timespec *time, int base);
int __wrap_timespec_get(struct timespec *time, int base)
{
    uintptr_t pc = HERE();
    range_write(time, sizeof *time, pc);
    *time = now(CLOCK_REALTIME, pc);
    return base;
}

int __wrap_gettimeofday(struct timeval *time, void *zone);
int __wrap_gettimeofday(struct timeval *time, void *zone)
{
    (void)zone;
    uintptr_t pc = HERE();
    range_write(time, sizeof *time, pc);
    struct timespec precise = now(CLOCK_REALTIME, pc);
    *time = (struct timeval){precise.tv_sec, precise.tv_nsec / 1000};
    return 0;
}

time_t __wrap_time(time_t *seconds);
time_t __wrap_time(time_t *seconds)
{
    uintptr_t pc = HERE();
    if (seconds != NULL)
        range_write(seconds, sizeof *seconds, pc);
    time_t time = now(CLOCK_REALTIME, pc).tv_sec;
    if (seconds != NULL)
        *seconds = time;
    return time;
}

clock_t __wrap_clock(void);
clock_t __wrap_clock(void)
{
    (void)now(CLOCK_PROCESS_CPUTIME_ID, HERE());
    return (clock_t)(engine->clock / (NS / CLOCKS_PER_SEC));
}

// ---- Giving way ----

static void yield(uintptr_t pc)
{
    if (running->live > 1) {
        yields(thread_self(), pc);
        point(OP_YIELD, NULL, NULL, pc);
    } else {
        event(pc);
    }
}

int nap(uintptr_t pc)
{
    struct thread *self = thread_self();
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
