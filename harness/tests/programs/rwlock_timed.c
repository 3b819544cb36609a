// One thread writes and one reads under a read-write lock that both wait for with a deadline.
// Waiting until a moment that has passed, for a lock that is held, fails.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
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
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    return deadline;
}

static void *write_it(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec deadline = in_a_minute();
        if (pthread_rwlock_timedwrlock(&lock, &deadline) != 0)
            exit(2);
        count++;
        pthread_rwlock_unlock(&lock);
    }
    return unused;
}

static void *read_it(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec deadline = in_a_minute();
        if (pthread_rwlock_timedrdlock(&lock, &deadline) != 0)
            exit(2);
        if (count > ROUNDS)
            exit(1);
        pthread_rwlock_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    struct timespec past = {0, 0};
    pthread_create(&threads[0], NULL, write_it, NULL);
    pthread_create(&threads[1], NULL, read_it, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    pthread_rwlock_rdlock(&lock);
    int error = pthread_rwlock_timedwrlock(&lock, &past);
    pthread_rwlock_unlock(&lock);
    return error != ETIMEDOUT;
}
