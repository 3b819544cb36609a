// Order by signals that a thread waits for, which neither ThreadSanitizer nor Helgrind knows: what
// was done before a signal was sent happens before what follows the call that took it. Reached by
// --wrap. As in kernel_order.c more is announced than there may be: all signals of one number are
// one.

#define _GNU_SOURCE
#include "order.h"

#include <pthread.h>
#include <signal.h>

enum { SIGNALS = 65 };

static const char signals[SIGNALS];

static void send_begins(int number)
{
    if (number > 0 && number < SIGNALS)
        order_release(&signals[number]);
}

static int taken(int number)
{
    if (number > 0 && number < SIGNALS)
        order_acquire(&signals[number]);
    return number;
}

// ---- Sending ----

int __real_kill(pid_t process, int number);
int __wrap_kill(pid_t process, int number);
int __wrap_kill(pid_t process, int number)
{
    send_begins(number);
    return __real_kill(process, number);
}

int __real_pthread_kill(pthread_t thread, int number);
int __wrap_pthread_kill(pthread_t thread, int number);
int __wrap_pthread_kill(pthread_t thread, int number)
{
    send_begins(number);
    return __real_pthread_kill(thread, number);
}

int __real_sigqueue(pid_t process, int number, const union sigval value);
int __wrap_sigqueue(pid_t process, int number, const union sigval value);
int __wrap_sigqueue(pid_t process, int number, const union sigval value)
{
    send_begins(number);
    return __real_sigqueue(process, number, value);
}

int __real_pthread_sigqueue(pthread_t thread, int number, const union sigval value);
int __wrap_pthread_sigqueue(pthread_t thread, int number, const union sigval value);
int __wrap_pthread_sigqueue(pthread_t thread, int number, const union sigval value)
{
    send_begins(number);
    return __real_pthread_sigqueue(thread, number, value);
}

// ---- Taking ----

int __real_sigwait(const sigset_t *set, int *number);
int __wrap_sigwait(const sigset_t *set, int *number);
int __wrap_sigwait(const sigset_t *set, int *number)
{
    int error = __real_sigwait(set, number);
    if (error == 0)
        taken(*number);
    return error;
}

int __real_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    return taken(__real_sigwaitinfo(set, info));
}

int __real_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *limit);
int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *limit);
int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *limit)
{
    return taken(__real_sigtimedwait(set, info, limit));
}
