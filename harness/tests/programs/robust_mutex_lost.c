// A robust mutex that its owner leaves behind is given back by the next one as if nothing had been:
// from then on nobody gets it.
// explore: clean
// tsan: clean
// helgrind: clean
// native: clean

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock;

static void *leave(void *unused)
{
    pthread_mutex_lock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &attributes);
    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    int first = pthread_mutex_lock(&lock);
    int given_back = pthread_mutex_unlock(&lock);
    int second = pthread_mutex_lock(&lock);
    int consistent = pthread_mutex_consistent(&lock);
    return first == EOWNERDEAD && given_back == 0 && second == ENOTRECOVERABLE &&
                   consistent == EINVAL
               ? 0
               : 1;
}
