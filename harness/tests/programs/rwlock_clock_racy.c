// The same, but two threads write, and take the lock for reading.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 50 };

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int count;

static struct timespec in_a_minute(void)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 60;
    return deadline;
}

static void *write_it(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec deadline = in_a_minute();
        if (pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &deadline) != 0)
            exit(2);
        count++;
        pthread_rwlock_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    struct timespec past = {0, 0};
    pthread_create(&threads[0], NULL, write_it, NULL);
    pthread_create(&threads[1], NULL, write_it, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    pthread_rwlock_rdlock(&lock);
    int error = pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &past);
    pthread_rwlock_unlock(&lock);
    return error != ETIMEDOUT;
}
