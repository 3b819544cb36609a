// A thread's result is read after its end, which main asks for again and again with
// pthread_tryjoin_np.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>

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
    while (pthread_tryjoin_np(thread, NULL) == EBUSY)
        sched_yield();
    return result != 42;
}
