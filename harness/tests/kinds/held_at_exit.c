// A thread ends with a lock held.
// explore: reported, lock misuse
// tsan: clean
// helgrind: reported, lock held at thread exit
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *keep(void *unused)
{
    pthread_mutex_lock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, keep, NULL);
    pthread_join(thread, NULL);
    return 0;
}
