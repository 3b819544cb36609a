// Two threads look under a lock, again and again, for what nobody does.
// explore: hung, no progress

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool ready;

static bool is_ready(void)
{
    pthread_mutex_lock(&lock);
    bool seen = ready;
    pthread_mutex_unlock(&lock);
    return seen;
}

static void *wait_until_ready(void *unused)
{
    while (!is_ready())
        sched_yield();
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, wait_until_ready, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
