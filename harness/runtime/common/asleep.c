// Linked into every judged program; see include/racelings/asleep.h. Never instrumented, and asks
// the kernel by raw system calls, so that no detector sees anything between the two threads.

#define _GNU_SOURCE
#include "../include/racelings/asleep.h"

#include "task.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ENOUGH_MS = 5 };

void asleep_watch_me(struct watched *self)
{
    self->number = syscall(SYS_gettid);
    pthread_getcpuclockid(pthread_self(), &self->clock);
}

static long computed_ms(const struct watched *thread)
{
    struct timespec time = {0};
    syscall(SYS_clock_gettime, thread->clock, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Also for what has ended; and where the kernel does not tell, so that nobody waits forever.
static bool is_asleep(const struct watched *thread)
{
    char state = asleep_task_state(thread->number);
    return state == 'S' || state == 'Z' || state == 0;
}

void asleep_process_or_busy(pid_t process)
{
    static const struct timespec a_little = {.tv_nsec = 20000};
    struct watched watched = {.number = process};
    clock_getcpuclockid(process, &watched.clock);
    long since = computed_ms(&watched);
    while (!is_asleep(&watched) && computed_ms(&watched) - since < ENOUGH_MS)
        syscall(SYS_nanosleep, &a_little, NULL); // where processors are few, it needs this one
}

void asleep_or_busy(const struct watched *thread)
{
    long since = computed_ms(thread);
    while (!is_asleep(thread) && computed_ms(thread) - since < ENOUGH_MS)
        syscall(SYS_sched_yield);
}
