// A read-write lock is destroyed while it is held.
// explore: reported, lock misuse
// helgrind: reported, lock misuse
#include <pthread.h>
#include <stddef.h>

int main(void)
{
    pthread_rwlock_t lock;
    pthread_rwlock_init(&lock, NULL);
    pthread_rwlock_wrlock(&lock);
    pthread_rwlock_destroy(&lock);
    return 0;
}
