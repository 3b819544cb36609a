// Two threads look again and again for what nobody does, under a lock that they have made of an atomic.
// explore: hung, no progress

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_flag lock = ATOMIC_FLAG_INIT;
static bool ready;

static bool is_ready(void)
{
    while (atomic_flag_test_and_set(&lock))
        sched_yield();
    bool seen = ready;
    atomic_flag_clear(&lock);
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
