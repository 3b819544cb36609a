// A value is handed over by a semaphore, which the taker asks without blocking.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t ready;
static int value;

static void *giver(void *unused)
{
    value = 42;
    sem_post(&ready);
    return unused;
}

static void *taker(void *unused)
{
    while (sem_trywait(&ready) != 0)
        sched_yield();
    if (value != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    sem_init(&ready, 0, 0);
    pthread_create(&threads[0], NULL, taker, NULL);
    pthread_create(&threads[1], NULL, giver, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    sem_destroy(&ready);
    return 0;
}
