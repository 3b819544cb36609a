// A condition variable is waited on without holding its lock.
// explore: reported, lock misuse
// tsan: reported, lock misuse
// helgrind: reported, lock misuse
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

int main(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    pthread_cond_timedwait(&ready, &lock, &now);
    return 0;
}
