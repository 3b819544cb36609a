// A thread waits in a loop, with the lock in hand that whoever ends the wait needs.
// explore: hung, no progress

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int ready;

static void *wait_until_ready(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        ;
    pthread_mutex_unlock(&lock);
    return unused;
}

static void *get_ready(void *unused)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, wait_until_ready, NULL);
    pthread_create(&two, NULL, get_ready, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
