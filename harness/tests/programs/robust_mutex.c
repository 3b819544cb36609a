// A robust mutex that its owner leaves behind, and the next one mends.
// tsan: clean
// helgrind: clean

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock;
static int value;

static void *leave(void *unused)
{
    pthread_mutex_lock(&lock);
    value = 1;
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_mutexattr_t robust;
    pthread_mutexattr_init(&robust);
    pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &robust);
    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    if (pthread_mutex_lock(&lock) != EOWNERDEAD)
        return 1;
    pthread_mutex_consistent(&lock);
    value++;
    pthread_mutex_unlock(&lock);
    pthread_mutex_destroy(&lock);
    return value != 2;
}
