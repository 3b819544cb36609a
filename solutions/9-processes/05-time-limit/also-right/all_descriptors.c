// Also right: whistle and clock are descriptors, and poll waits for both of them. What has come stays there
// to be read.

#include "cook.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    sigset_t chld, old;
    sigemptyset(&chld);
    sigaddset(&chld, SIGCHLD);
    sigprocmask(SIG_BLOCK, &chld, &old);
    int whistle = signalfd(-1, &chld, SFD_CLOEXEC | SFD_NONBLOCK),
        clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    int result = BURNT, status = 0;
    pid_t pot = whistle >= 0 && clock >= 0 ? fork() : -1;
    if (pot == 0) {
        sigprocmask(SIG_SETMASK, &old, NULL);
        _exit(recipe(data));
    }
    if (pot > 0) {
        struct itimerspec when = {
            .it_value = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)}};
        if (when.it_value.tv_sec == 0 && when.it_value.tv_nsec == 0)
            when.it_value.tv_nsec = 1;
        timerfd_settime(clock, 0, &when, NULL);
        struct pollfd both[2] = {{.fd = whistle, .events = POLLIN},
                                 {.fd = clock, .events = POLLIN}};
        struct signalfd_siginfo info;
        while (waitpid(pot, &status, WNOHANG) == 0) {
            if (poll(both, 2, -1) < 0)
                continue;
            if (both[0].revents) {
                (void)!read(whistle, &info, sizeof info);
            } else if (both[1].revents) {
                if (waitpid(pot, &status, WNOHANG) == 0) {
                    kill(pot, SIGKILL);
                    waitpid(pot, &status, 0);
                }
                break;
            }
        }
        if (WIFEXITED(status))
            result = WEXITSTATUS(status);
        while (read(whistle, &info, sizeof info) > 0)
            continue;
    }
    if (clock >= 0)
        close(clock);
    if (whistle >= 0)
        close(whistle);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return result;
}
