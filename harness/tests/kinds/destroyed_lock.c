// A lock is taken after it was destroyed.
// explore: reported, lock misuse
// tsan: reported, lock misuse
#include <pthread.h>
#include <stdlib.h>

int main(void)
{
    pthread_mutex_t *lock = malloc(sizeof *lock);
    pthread_mutex_init(lock, NULL);
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    pthread_mutex_destroy(lock);
    pthread_mutex_lock(lock);
    free(lock);
    return 0;
}
