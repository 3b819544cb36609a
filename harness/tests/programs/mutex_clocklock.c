// Threads count under a mutex that they wait for by the monotonic clock. Waiting until a moment
// that has passed, for a mutex that is held, fails.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 50 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int count, finished;

static struct timespec in_a_minute(void)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 60;
    return deadline;
}

static void *work(void *unused)
{
    struct timespec past = {0, 0};
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec deadline = in_a_minute();
        if (pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &deadline) != 0 ||
            pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &past) != ETIMEDOUT)
            exit(2);
        count++;
        if (i == ROUNDS - 1)
            finished++;
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return count != 2 * ROUNDS || finished == 0;
}
