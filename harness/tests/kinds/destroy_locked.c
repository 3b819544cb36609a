// A lock is destroyed while it is held.
// explore: reported, lock misuse
// tsan: reported, lock misuse
// helgrind: reported, lock misuse
#include <pthread.h>
#include <stddef.h>

int main(void)
{
    pthread_mutex_t lock;
    pthread_mutex_init(&lock, NULL);
    pthread_mutex_lock(&lock);
    pthread_mutex_destroy(&lock);
    return 0;
}
