// Also right: naps of five milliseconds, and a look after each. Nothing can be missed by more than that; it costs
// two hundred looks a second, done or not.

#include "cook.h"

#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NAP_MS = 5 };

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Returns the dish, or BURNT.
static int watch(pid_t pot, double seconds)
{
    const struct timespec nap = {0, NAP_MS * 1000000};
    double end = now() + seconds;
    int status;
    while (waitpid(pot, &status, WNOHANG) == 0) {
        if (now() > end)
            kill(pot, SIGKILL);
        nanosleep(&nap, NULL);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    return pot > 0 ? watch(pot, seconds) : BURNT;
}
