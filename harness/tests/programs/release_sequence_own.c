// A relaxed store of the thread that made the release store continues its release sequence (in C11
// and C17; C++20 took it out).
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static int value;
static atomic_int stage;

static void *writer(void *unused)
{
    value = 42;
    atomic_store_explicit(&stage, 1, memory_order_release);
    atomic_store_explicit(&stage, 2, memory_order_relaxed);
    return unused;
}

static void *reader(void *unused)
{
    while (atomic_load_explicit(&stage, memory_order_relaxed) != 2)
        sched_yield();
    if (atomic_load_explicit(&stage, memory_order_acquire) != 2 || value != 42)
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
