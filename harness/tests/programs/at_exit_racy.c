// What a handler of atexit reads without the lock is still being counted by a detached thread.
// explore: reported, data race

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long events; // guarded by the lock

static void *count(void *unused)
{
    pthread_mutex_lock(&lock);
    events++;
    pthread_mutex_unlock(&lock);
    return unused;
}

static void report(void)
{
    printf("%ld events\n", events);
}

int main(void)
{
    pthread_t thread;
    atexit(report);
    pthread_create(&thread, NULL, count, NULL);
    pthread_detach(thread);
    exit(0);
}
