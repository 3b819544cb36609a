// A value is handed over by a semaphore, which the taker waits for with a deadline: first one that
// has passed, then a far one.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

static sem_t never, ready;
static int value;

static void *giver(void *unused)
{
    value = 42;
    sem_post(&ready);
    return unused;
}

static void *taker(void *unused)
{
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    if (sem_timedwait(&never, &deadline) == 0 || errno != ETIMEDOUT)
        exit(2);
    deadline.tv_sec += 60;
    if (sem_timedwait(&ready, &deadline) != 0)
        exit(2);
    if (value != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    sem_init(&never, 0, 0);
    sem_init(&ready, 0, 0);
    pthread_create(&threads[0], NULL, taker, NULL);
    pthread_create(&threads[1], NULL, giver, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    sem_destroy(&ready);
    sem_destroy(&never);
    return 0;
}
