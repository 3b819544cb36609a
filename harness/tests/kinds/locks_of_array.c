// Each of two threads holds a lock of its own, of one array, as it changes what they share.
// explore: reported, data race; holding locks[1]
// tsan: reported, data race; Each holds a lock, but not the same one
// helgrind: reported, data race
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int total;

static void *add(void *lock)
{
    pthread_mutex_lock(lock);
    total++;
    pthread_mutex_unlock(lock);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, add, &locks[i]);
        // Not both at once: that escapes tsan.
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return total != 2;
}
