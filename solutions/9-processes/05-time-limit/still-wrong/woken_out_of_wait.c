// Still wrong: the clock interrupts waitid, if the cook is in it. If it has rung just before, waitid waits
// for a child that nobody ends.
// Caught by: native

#include "cook.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t pot; // what the clock turns off

static void turn_off(int number)
{
    (void)number;
    int before = errno;
    errno = before;
}

// With 0 it does not ring.
static void set_clock(double seconds)
{
    struct itimerval time = {.it_value.tv_sec = (time_t)seconds};
    time.it_value.tv_usec = (suseconds_t)((seconds - (double)time.it_value.tv_sec) * 1000000);
    setitimer(ITIMER_REAL, &time, NULL);
}

// Waits until the child has ended, without taking it away: as long as it is there, its number is nobody
// else's, and the clock may ring.
static void wait_for_end(void)
{
    siginfo_t unused;
    if (waitid(P_PID, (id_t)pot, &unused, WEXITED | WNOWAIT) != 0)
        kill(pot, SIGKILL);
}

int cook(int (*recipe)(void *data), void *data, double seconds)
{
    struct sigaction action = {.sa_handler = turn_off}, before;
    int status = SIGKILL; // as of one that was killed
    pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    if (pot > 0) {
        sigemptyset(&action.sa_mask);
        sigaction(SIGALRM, &action, &before);
        set_clock(seconds);
        wait_for_end();
        set_clock(0);
        sigaction(SIGALRM, &before, NULL);
        waitpid(pot, &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}
