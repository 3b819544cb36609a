// A thread's result is read after its end, which main waits for with a deadline.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#define _GNU_SOURCE
#include <pthread.h>
#include <time.h>

static int result;

static void *work(void *unused)
{
    result = 42;
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    if (pthread_timedjoin_np(thread, NULL, &deadline) != 0)
        return 2;
    return result != 42;
}
