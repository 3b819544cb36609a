// malloc is called in a signal handler.
// explore: abstains
// tsan: reported, signal-unsafe call
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

static void *volatile block;

static void handler(int number)
{
    (void)number;
    block = malloc(1);
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
    free(block);
    return 0;
}
