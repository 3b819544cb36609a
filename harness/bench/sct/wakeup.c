// A flag that is set outside of the mutex: the signal can come after the waiter has looked at the
// flag and before it waits. Then it waits for ever.

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool ready;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *announce(void *unused)
{
    ready = true;
    pthread_cond_signal(&changed);
    return unused;
}

static void *await(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t waiter, announcer;
    pthread_create(&waiter, NULL, await, NULL);
    pthread_create(&announcer, NULL, announce, NULL);
    pthread_join(waiter, NULL);
    pthread_join(announcer, NULL);
    return 0;
}
