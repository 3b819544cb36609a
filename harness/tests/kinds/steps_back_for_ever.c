// Two threads take the one fork, try for the other, and politely put the first back: a third has gone away
// with that. All forks are marks of their own, no locks.
// explore: hung, no progress

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool left, right;

static bool take(atomic_bool *fork)
{
    bool taken = false;
    return atomic_compare_exchange_strong(fork, &taken, true);
}

static void *eat(void *unused)
{
    while (true) {
        if (take(&left)) {
            if (take(&right))
                break;
            atomic_store(&left, false);
        }
        sched_yield();
    }
    atomic_store(&right, false);
    atomic_store(&left, false);
    return unused;
}

static void *take_away(void *unused)
{
    take(&right);
    return unused;
}

int main(void)
{
    pthread_t thief, threads[2];
    pthread_create(&thief, NULL, take_away, NULL);
    pthread_join(thief, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, eat, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
