// The same, but the failure order is relaxed, though success acquires.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static int value;
static atomic_int state;

static void *writer(void *unused)
{
    value = 42;
    atomic_store_explicit(&state, 1, memory_order_release);
    return unused;
}

static void *reader(void *unused)
{
    int seen = 0;
    while (atomic_compare_exchange_strong_explicit(&state, &seen, 0, memory_order_acquire,
                                                   memory_order_relaxed))
        sched_yield();
    if (value != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, reader, NULL);
    pthread_create(&threads[1], NULL, writer, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
