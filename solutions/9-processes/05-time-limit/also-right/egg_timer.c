// Also right: a second child is the clock. When it has slept long enough it ends the first one, of which it
// must be known that it is still there: it is waited for only when the clock is gone.

#include "cook.h"

#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// A second child is the clock: it naps and then ends the pot. Whoever ends first: the pot has ended then, or will.
int cook(int (*recipe)(void *data), void *data, double seconds)
{
    pid_t pot = fork();
    if (pot == 0)
        _exit(recipe(data));
    if (pot < 0)
        return BURNT;
    pid_t clock = fork();
    if (clock == 0) {
        struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
        nanosleep(&time, NULL);
        kill(pot, SIGKILL); // a zombie at worst, and still ours
        _exit(0);
    }
    int status;
    siginfo_t about;
    if (clock < 0)
        kill(pot, SIGKILL);
    waitid(P_PID, (id_t)pot, &about, WEXITED | WNOWAIT);
    if (clock > 0) {
        kill(clock, SIGKILL);
        waitpid(clock, NULL, 0);
    }
    waitpid(pot, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BURNT;
}
