// A descriptor tells of a signal that a thread sends after what it had to do: nobody knows of that order.
// tsan: abstains; signalfd in signal_descriptor.c:28
// helgrind: abstains; signalfd in signal_descriptor.c:28
// explore: abstains; cannot follow a thread beside a signalfd
// native: clean

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int result;

static void *work(void *unused)
{
    result = 42;
    kill(getpid(), SIGUSR1);
    return unused;
}

int main(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    int descriptor = signalfd(-1, &signals, 0);
    if (descriptor < 0)
        abort();
    pthread_t worker;
    pthread_create(&worker, NULL, work, NULL);
    struct signalfd_siginfo told;
    int right = read(descriptor, &told, sizeof told) == sizeof told && result == 42;
    pthread_join(worker, NULL);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
