// The same, but the result is read before.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
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
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    int seen = result;
    while (pthread_tryjoin_np(thread, NULL) == EBUSY)
        sched_yield();
    printf("%d\n", seen);
    return 0;
}
