// Who waits for a signal comes after who sent it.
// tsan: clean
// helgrind: clean
// explore: abstains; cannot follow pthread_kill

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static sigset_t first, second;
static int payload, other_payload;

static void *consume(void *got)
{
    int number;
    siginfo_t told;
    sigwait(&first, &number);
    *(int *)got = payload;
    sigwaitinfo(&second, &told);
    *(int *)got += other_payload;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int got;
    sigemptyset(&first);
    sigaddset(&first, SIGUSR1);
    sigemptyset(&second);
    sigaddset(&second, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &first, NULL);
    pthread_sigmask(SIG_BLOCK, &second, NULL);
    pthread_create(&thread, NULL, consume, &got);
    payload = 21;
    kill(getpid(), SIGUSR1);
    other_payload = 21;
    pthread_kill(thread, SIGUSR2);
    pthread_join(thread, NULL);
    return got != 42;
}
