// A deadline of the time of day is given to a condition variable that goes by the monotonic clock: it
// comes in decades.
// explore: reported, deadlock

#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t rung;

int main(void)
{
    struct timespec deadline;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&rung, &attributes);
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec++;
    pthread_mutex_lock(&lock);
    pthread_cond_timedwait(&rung, &lock, &deadline);
    pthread_mutex_unlock(&lock);
    return 0;
}
