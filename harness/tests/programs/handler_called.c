// A thread has another run a handler, which comes after what it did before: nobody knows of that order.
// tsan: abstains; pthread_kill in handler_called.c:37
// helgrind: abstains; pthread_kill in handler_called.c:37
// explore: abstains; cannot follow pthread_kill
// native: clean

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>

static sem_t handled;
static int payload, got;

static void handle(int number)
{
    (void)number;
    got = payload;
    sem_post(&handled);
}

static void *wait_for_handler(void *unused)
{
    while (sem_wait(&handled) != 0)
        continue;
    return unused;
}

int main(void)
{
    pthread_t thread;
    struct sigaction action = {.sa_handler = handle};
    sem_init(&handled, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&thread, NULL, wait_for_handler, NULL);
    payload = 42;
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    return got != 42;
}
