// Still wrong: when another signal has ended the wait, the whole limit begins anew. Where signals come often
// it is never over.
// Caught by: native

#define _GNU_SOURCE
#include "cook.h"

#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t done;

// The pot whistles: the child has ended.
static void hear_whistle(int number)
{
    (void)number;
    done = 1;
}

static void listen_for(int number, void (*hear)(int), struct sigaction *before)
{
    struct sigaction action = {.sa_handler = hear};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, before);
}

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct timespec as_timespec(double seconds)
{
    if (seconds <= 0)
        return (struct timespec){0};
    return (struct timespec){(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
}

// The whistle cannot be heard from here on; it waits until somebody listens. Returns what could be heard
// before.
static sigset_t close_ears(void)
{
    sigset_t whistle, before;
    sigemptyset(&whistle);
    sigaddset(&whistle, SIGCHLD);
    sigprocmask(SIG_BLOCK, &whistle, &before);
    return before;
}

// Returns the dish, or BURNT.
static int watch(pid_t pot, double seconds, sigset_t open)
{
    int status;
    sigdelset(&open, SIGCHLD);
    for (int rest = -1; !done && rest != 0;) {
        struct timespec left = as_timespec(seconds);
        rest = ppoll(NULL, 0, &left, &open); // 0: it has waited as long as it should
    }
    if (!done)
        kill(pot, SIGKILL);
    waitpid(pot, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction whistle_before;
    sigset_t before = close_ears();
    done = 0;
    listen_for(SIGCHLD, hear_whistle, &whistle_before);
    pid_t pot = fork();
    if (pot == 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        _exit(recipe(data));
    }
    int dish = pot > 0 ? watch(pot, seconds, before) : BURNT;
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGCHLD, &whistle_before, NULL);
    return dish;
}
