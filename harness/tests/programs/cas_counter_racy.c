// The same, but who counted last is written down in a plain variable.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 4, ROUNDS = 500 };

static atomic_int count;
static int last;

static void *increment(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        int seen = atomic_load_explicit(&count, memory_order_relaxed);
        while (!atomic_compare_exchange_weak_explicit(&count, &seen, seen + 1,
                                                      memory_order_relaxed, memory_order_relaxed))
            ;
        last = seen + 1;
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
    return atomic_load(&count) != THREADS * ROUNDS || last == 0;
}
