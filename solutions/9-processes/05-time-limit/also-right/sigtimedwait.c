// Also right: no handler: the signal stays blocked, and sigtimedwait fetches it, or waits for it, up to a limit.
// What comes too early is still there.

#include "cook.h"

#include <signal.h>
#include <stdbool.h>
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

static struct timespec as_timespec(double seconds)
{
    if (seconds <= 0)
        return (struct timespec){0};
    return (struct timespec){(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
}

// Whether the child has ended when there are no seconds left.
static bool wait_for_end(pid_t pot, int *status, double seconds)
{
    sigset_t whistle;
    sigemptyset(&whistle);
    sigaddset(&whistle, SIGCHLD);
    for (double end = now() + seconds;;) {
        struct timespec left = as_timespec(end - now());
        bool over = left.tv_sec == 0 && left.tv_nsec == 0;
        if (waitpid(pot, status, WNOHANG) == pot)
            return true;
        if (over)
            return false;
        sigtimedwait(&whistle, NULL, &left);
    }
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    sigset_t whistle, before;
    sigemptyset(&whistle);
    sigaddset(&whistle, SIGCHLD);
    sigprocmask(SIG_BLOCK, &whistle, &before);
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    int status = SIGKILL; // as of one that was killed
    if (pot > 0 && !wait_for_end(pot, &status, seconds)) {
        kill(pot, SIGKILL);
        waitpid(pot, &status, 0);
    }
    const struct timespec at_once = {0};
    sigtimedwait(&whistle, NULL, &at_once); // nobody shall hear it later
    sigprocmask(SIG_SETMASK, &before, NULL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}
