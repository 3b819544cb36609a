// Threads look under a lock until a second has gone by: too many steps to be followed, and no circle.
// explore: abstains; longer
// native: clean

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool done;

static bool is_done(void)
{
    pthread_mutex_lock(&lock);
    bool seen = done;
    pthread_mutex_unlock(&lock);
    return seen;
}

static void *wait_a_second(void *unused)
{
    struct timespec began, now;
    clock_gettime(CLOCK_MONOTONIC, &began);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while (!is_done() && now.tv_sec - began.tv_sec < 1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, wait_a_second, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
