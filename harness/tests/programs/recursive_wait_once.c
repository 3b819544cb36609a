// A wait for a condition gives a recursive mutex up that is locked once; behind it the mutex can be
// locked again.
// explore: clean
// tsan: clean
// helgrind: clean

#define _GNU_SOURCE
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, taken;

static void take(void)
{
    pthread_mutex_lock(&lock);
    taken++;
    pthread_mutex_unlock(&lock);
}

static void *consume(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    take();
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, consume, NULL);
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    take();
    pthread_join(thread, NULL);
    return taken != 2;
}
