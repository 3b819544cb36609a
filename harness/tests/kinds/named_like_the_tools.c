// Threads that race, named as ThreadSanitizer begins when it gives up and as XML must not be; and
// the words of valgrind's end, printed.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race

#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static int visitors;

static void *count(void *unused)
{
    pthread_setname_np(pthread_self(), "FATAL: <b>");
    visitors++;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    puts("valgrind: fatal error");
    puts("ThreadSanitizer: CHECK failed: sanitizer_deadlock_detector");
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return visitors == 0;
}
