// Counted atomically, and set back by a plain store: neither orders the other.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race

#include <pthread.h>
#include <stdio.h>
#include <time.h>

static long requests;

static void *count(void *unused)
{
    for (int i = 0; i < 100; i++)
        __atomic_fetch_add(&requests, 1, __ATOMIC_SEQ_CST);
    return unused;
}

int main(void)
{
    pthread_t counter;
    pthread_create(&counter, NULL, count, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL); // not both at once: that escapes tsan
    requests = 0;
    pthread_join(counter, NULL);
    printf("%ld\n", requests);
    return 0;
}
