// Threads that nothing else orders take a robust mutex over from one that ends with it locked: they
// come after all that it did.
// explore: clean
// tsan: clean
// native: clean

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static pthread_mutex_t lock;
static int half_done, mended;

static void mend(int error)
{
    if (error == EOWNERDEAD) {
        half_done = 0;
        mended++;
        pthread_mutex_consistent(&lock);
    }
    pthread_mutex_unlock(&lock);
}

static void *leave(void *unused)
{
    pthread_mutex_lock(&lock);
    half_done = 1;
    return unused;
}

static void *wait_and_mend(void *unused)
{
    mend(pthread_mutex_lock(&lock));
    return unused;
}

static void *try_and_mend(void *unused)
{
    int error;
    while ((error = pthread_mutex_trylock(&lock)) == EBUSY)
        sched_yield();
    mend(error);
    return unused;
}

int main(void)
{
    static void *(*const parts[])(void *) = {leave, wait_and_mend, try_and_mend};
    pthread_t threads[3];
    pthread_mutexattr_t robust;
    pthread_mutexattr_init(&robust);
    pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &robust);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, parts[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    mend(pthread_mutex_lock(&lock));
    pthread_mutex_destroy(&lock);
    return half_done != 0 || mended != 1;
}
