// Still wrong: the whistle is kept waiting until the cook sleeps, and the clock is not: it may ring between
// look and sleep, and will not ring again.
// Caught by: native

#include "cook.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t done, rung;

// The pot whistles: the child has ended.
static void hear_whistle(int number)
{
    (void)number;
    done = 1;
}

static void hear_clock(int number)
{
    (void)number;
    rung = 1;
}

static void listen_for(int number, void (*hear)(int), struct sigaction *before)
{
    struct sigaction action = {.sa_handler = hear};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, before);
}

// With 0 it does not ring.
static void set_clock(double seconds)
{
    struct itimerval time = {.it_value.tv_sec = (time_t)seconds};
    time.it_value.tv_usec = (suseconds_t)((seconds - (double)time.it_value.tv_sec) * 1000000);
    setitimer(ITIMER_REAL, &time, NULL);
}

// Whistle and clock cannot be heard from here on; they wait until somebody listens. Returns what could be
// heard before.
static sigset_t close_ears(void)
{
    sigset_t both, before;
    sigemptyset(&both);
    sigaddset(&both, SIGCHLD);
    sigprocmask(SIG_BLOCK, &both, &before);
    return before;
}

// Returns the dish, or BURNT.
static int watch(pid_t pot, double seconds, sigset_t open)
{
    int status;
    sigdelset(&open, SIGCHLD);
    set_clock(seconds);
    while (!done && !rung)
        sigsuspend(&open); // opens the ears and falls asleep, in one step
    set_clock(0);
    if (!done)
        kill(pot, SIGKILL);
    waitpid(pot, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction whistle_before, clock_before;
    sigset_t before = close_ears();
    done = rung = 0;
    listen_for(SIGCHLD, hear_whistle, &whistle_before);
    listen_for(SIGALRM, hear_clock, &clock_before);
    pid_t pot = fork();
    if (pot == 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        _exit(recipe(data));
    }
    int dish = pot > 0 ? watch(pot, seconds, before) : BURNT;
    sigprocmask(SIG_SETMASK, &before, NULL); // what has come too late is heard by our own handlers
    sigaction(SIGCHLD, &whistle_before, NULL);
    sigaction(SIGALRM, &clock_before, NULL);
    return dish;
}
