// Still wrong: sleep ends early when a signal comes. It does not when the signal has come before.
// Caught by: native

#include "cook.h"

#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void hear_whistle(int number)
{
    (void)number; // a signal without a handler wakes nobody
}

// Returns the dish, or BURNT.
static int watch(pid_t pot, double seconds)
{
    struct timespec limit = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    int status;
    nanosleep(&limit, NULL);
    if (waitpid(pot, &status, WNOHANG) == 0) {
        kill(pot, SIGKILL);
        waitpid(pot, &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction action = {.sa_handler = hear_whistle}, before;
    sigemptyset(&action.sa_mask);
    sigaction(SIGCHLD, &action, &before);
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    int dish = pot > 0 ? watch(pot, seconds) : BURNT;
    sigaction(SIGCHLD, &before, NULL);
    return dish;
}
