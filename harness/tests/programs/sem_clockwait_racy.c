// The same, but the value is written after the post.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sem_t never, ready;
static int value;

static void *giver(void *unused)
{
    sem_post(&ready);
    value = 42;
    return unused;
}

static void *taker(void *unused)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    if (sem_clockwait(&never, CLOCK_MONOTONIC, &deadline) == 0 || errno != ETIMEDOUT)
        exit(2);
    deadline.tv_sec += 60;
    if (sem_clockwait(&ready, CLOCK_MONOTONIC, &deadline) != 0)
        exit(2);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    printf("%d\n", value);
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
