// The same, but the value is read before each asking.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>

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
    int seen;
    do {
        sched_yield();
        seen = value;
    } while (sem_trywait(&ready) != 0);
    printf("%d\n", seen);
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
