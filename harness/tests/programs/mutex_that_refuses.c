// A mutex that checks for errors is asked who has it: it refuses whoever has it already, and whoever
// gives back what is another's.
// explore: clean
// tsan: clean
// helgrind: clean
// native: clean

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock;
static int balance, refused;

static void deposit(void)
{
    int error = pthread_mutex_lock(&lock);
    balance++;
    if (error != EDEADLK)
        pthread_mutex_unlock(&lock);
}

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    deposit();
    pthread_mutex_unlock(&lock);
    deposit();
    return unused;
}

static void *give_back_another_s(void *unused)
{
    refused = pthread_mutex_unlock(&lock);
    return unused;
}

static void run(pthread_t *thread, void *(*function)(void *))
{
    pthread_create(thread, NULL, function, NULL);
}

int main(void)
{
    pthread_t threads[3];
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&lock, &attributes);
    pthread_mutex_lock(&lock);
    run(&threads[2], give_back_another_s);
    pthread_join(threads[2], NULL);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 2; i++)
        run(&threads[i], work);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&lock);
    return balance == 4 && refused == EPERM ? 0 : 1;
}
