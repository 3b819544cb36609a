// The same, but the value is written after the unlock.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;
static int value;

static void *giver(void *unused)
{
    pthread_mutex_lock(&mutex);
    ready = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    value = 42;
    return unused;
}

static void *taker(void *unused)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    pthread_mutex_lock(&mutex);
    while (!ready && pthread_cond_clockwait(&changed, &mutex, CLOCK_MONOTONIC, &deadline) == 0)
        ;
    deadline.tv_sec += 60;
    while (!ready)
        pthread_cond_clockwait(&changed, &mutex, CLOCK_MONOTONIC, &deadline);
    pthread_mutex_unlock(&mutex);
    printf("%d\n", value);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, taker, NULL);
    pthread_create(&threads[1], NULL, giver, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
