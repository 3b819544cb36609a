// A mutex that checks for errors, and nobody heeds its answers: the second call of deposit is
// refused, gives the mutex back all the same, and what follows is done without.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock;
static int balance;

static void deposit(void)
{
    pthread_mutex_lock(&lock);
    balance++;
    pthread_mutex_unlock(&lock);
}

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    deposit();
    balance++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&lock, &attributes);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
