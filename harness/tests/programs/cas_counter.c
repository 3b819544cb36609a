// A counter is incremented by a compare-exchange that is tried until it succeeds.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 4, ROUNDS = 500 };

static atomic_int count;

static void *increment(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        int seen = atomic_load_explicit(&count, memory_order_relaxed);
        while (!atomic_compare_exchange_weak_explicit(&count, &seen, seen + 1,
                                                      memory_order_relaxed, memory_order_relaxed))
            ;
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
    return atomic_load(&count) != THREADS * ROUNDS;
}
