// Also right: the handler writes into a pipe, and select waits for what comes out of it. What has come
// before is still there.

#include "cook.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int ends[2];

static void hear_whistle(int number)
{
    (void)number;
    int before = errno;
    if (write(ends[1], "", 1) != 1)
        errno = 0; // it is full, and that will do
    errno = before;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void wait_for_whistle(double seconds)
{
    struct timeval time = {.tv_sec = (time_t)seconds};
    time.tv_usec = (suseconds_t)((seconds - (double)time.tv_sec) * 1000000);
    fd_set files;
    FD_ZERO(&files);
    FD_SET(ends[0], &files);
    select(ends[0] + 1, &files, NULL, NULL, &time);
}

static int watch(pid_t pot, double until)
{
    int status;
    while (waitpid(pot, &status, WNOHANG) == 0) {
        double left = until - now();
        if (left > 0) {
            wait_for_whistle(left);
            continue;
        }
        kill(pot, SIGKILL);
        waitpid(pot, &status, 0);
        break;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction hear = {.sa_handler = hear_whistle}, before;
    sigset_t whistle, mask;
    if (pipe(ends) != 0)
        return BURNT;
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    sigemptyset(&hear.sa_mask);
    sigemptyset(&whistle);
    sigaddset(&whistle, SIGCHLD);
    sigaction(SIGCHLD, &hear, &before);
    sigprocmask(SIG_UNBLOCK, &whistle, &mask);
    pid_t pot = fork();
    if (pot == 0) {
        sigaction(SIGCHLD, &before, NULL);
        sigprocmask(SIG_SETMASK, &mask, NULL);
        close(ends[0]);
        close(ends[1]);
        _exit(recipe(data));
    }
    int dish = pot > 0 ? watch(pot, now() + seconds) : BURNT;
    sigaction(SIGCHLD, &before, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    close(ends[0]);
    close(ends[1]);
    return dish;
}
