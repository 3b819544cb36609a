// A signal handler changes errno and does not put it back.
// explore: abstains
// tsan: reported, signal-unsafe call
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

static void handler(int number)
{
    errno = number;
}

int main(void)
{
    struct itimerval soon = {.it_value = {.tv_usec = 1000}};
    sigset_t alarm, before;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm, &before); // it comes to who waits, however late that is
    signal(SIGALRM, handler);
    setitimer(ITIMER_REAL, &soon, NULL);
    sigsuspend(&before);
    return 0;
}
