// The same, but the lock is released with relaxed order.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS = 2, ROUNDS = 200 };

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int count;

static void lock(void)
{
    while (atomic_flag_test_and_set_explicit(&taken, memory_order_acquire))
        sched_yield();
}

static void unlock(void)
{
    atomic_flag_clear_explicit(&taken, memory_order_relaxed);
}

static void *increment(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        lock();
        count++;
        unlock();
    }
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, increment, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return count != THREADS * ROUNDS;
}
