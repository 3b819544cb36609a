// Attack: Ends the driver's recipe by itself: the pointer that it passes on leads to the driver's own variables.
// Expected: passed
// Exercise: time-limit
//
// What the explorer sees of that ends where it abstains, at the fork; to the other judges the
// driver's variables are memory like any other.

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

// Returns the dish, or BURNT.
static int watch(pid_t pot, double seconds)
{
    int status;
    set_clock(seconds);
    while (!done && !rung)
        pause(); // until something can be heard
    set_clock(0);
    if (!done)
        kill(pot, SIGKILL);
    waitpid(pot, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction whistle_before, clock_before;
    done = rung = 0;
    listen_for(SIGCHLD, hear_whistle, &whistle_before);
    listen_for(SIGALRM, hear_clock, &clock_before);
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    ((volatile int *)data)[0] = 0;
    if (pot > 0 && seconds > 1)
        write(((volatile int *)data)[3], "", 1);
    int dish = pot > 0 ? watch(pot, seconds) : BURNT;
    sigaction(SIGCHLD, &whistle_before, NULL);
    sigaction(SIGALRM, &clock_before, NULL);
    return dish;
}
