// A signal handler changes errno and does not put it back.
// explore: abstains
// tsan: reported, signal-unsafe call
#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static void handler(int number)
{
    errno = number;
}

int main(void)
{
    struct itimerval soon = {.it_value = {.tv_usec = 1000}};
    signal(SIGALRM, handler);
    setitimer(ITIMER_REAL, &soon, NULL);
    pause();
    return 0;
}
