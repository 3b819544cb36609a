// A waiter that does not look whether what it waits for has already happened: if the signal comes first,
// it waits for ever.
// explore: reported, lost wake-up

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;

static void *wait_for_opening(void *unused)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&opened, &lock);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t waiter;
    pthread_create(&waiter, NULL, wait_for_opening, NULL);
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&opened);
    pthread_mutex_unlock(&lock);
    pthread_join(waiter, NULL);
    return 0;
}
