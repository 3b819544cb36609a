// The same, but stored and loaded with relaxed order.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

struct versioned {
    _Alignas(16) int64_t version;
    int *value;
};

static int storage;
static _Atomic struct versioned current;

static void *writer(void *unused)
{
    storage = 42;
    struct versioned next = {1, &storage};
    atomic_store_explicit(&current, next, memory_order_relaxed);
    return unused;
}

static void *reader(void *unused)
{
    struct versioned seen;
    do {
        sched_yield();
        seen = atomic_load_explicit(&current, memory_order_relaxed);
    } while (seen.version == 0);
    if (*seen.value != 42)
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
