// Still wrong: takes each end of poll for the end of the time. EINTR says that there was some signal.
// Caught by: native

#include "cook.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Waits until nobody can write into the pipe any more, or the seconds are over.
static void wait_for_end(int pipe, double seconds)
{
    struct pollfd end = {.fd = pipe};
    for (double limit = now() + seconds;;) {
        double left = limit - now();
        int milliseconds = left > 0 ? (int)(left * 1000) + 1 : 0;
        poll(&end, 1, milliseconds);
        return;
    }
}

// Returns the dish, or BURNT.
static int watch(pid_t pot, int pipe, double seconds)
{
    int status;
    wait_for_end(pipe, seconds);
    kill(pot, SIGKILL); // does nothing to one that has ended: it is a zombie, and still ours
    waitpid(pot, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    int ends[2];
    if (pipe(ends) != 0)
        return BURNT;
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    close(ends[1]);
    int dish = pot > 0 ? watch(pot, ends[0], seconds) : BURNT;
    close(ends[0]);
    return dish;
}
