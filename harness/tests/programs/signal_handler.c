// A signal handler uses the same atomic object as the thread that it interrupts.
// explore: abstains
// tsan: clean
// helgrind: clean
// native: clean
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/time.h>

enum { SIGNALS = 20 };

static atomic_int ticks;

static void count_tick(int signal)
{
    (void)signal;
    atomic_fetch_add(&ticks, 1);
}

static void *spin(void *unused)
{
    while (atomic_load(&ticks) < SIGNALS)
        ;
    return unused;
}

int main(void)
{
    struct sigaction action = {.sa_handler = count_tick, .sa_flags = SA_RESTART};
    struct itimerval every_ms = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    pthread_t threads[2];
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every_ms, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, spin, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    setitimer(ITIMER_REAL, &never, NULL);
    return 0;
}
