// A deadline of the monotonic clock is given to a condition variable that goes by the time of day, of
// which it is long past: nothing is waited for.
// explore: wrong result
// tsan: wrong result
// helgrind: wrong result
// native: wrong result

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t rung = PTHREAD_COND_INITIALIZER;
static bool bell;

static void *ring(void *unused)
{
    usleep(100000);
    pthread_mutex_lock(&lock);
    bell = true;
    pthread_cond_signal(&rung);
    pthread_mutex_unlock(&lock);
    return unused;
}

static bool hear(void)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 100;
    int error = 0;
    pthread_mutex_lock(&lock);
    while (!bell && error == 0)
        error = pthread_cond_timedwait(&rung, &lock, &deadline);
    bool heard = bell;
    pthread_mutex_unlock(&lock);
    return heard;
}

int main(void)
{
    pthread_t ringer;
    pthread_create(&ringer, NULL, ring, NULL);
    bool heard = hear();
    pthread_join(ringer, NULL);
    return heard ? 0 : 1;
}
