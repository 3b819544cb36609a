// Something is unlocked that never was a lock.
// explore: reported, lock misuse
// helgrind: reported, lock misuse
#include <pthread.h>
#include <stdlib.h>

int main(void)
{
    pthread_mutex_t *lock = calloc(1, sizeof *lock);
    pthread_mutex_unlock(lock);
    free(lock);
    return 0;
}
