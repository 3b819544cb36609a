// A value is published with a release store and read after an acquire load.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static int value;
static atomic_int ready;

static void *writer(void *unused)
{
    value = 42;
    atomic_store_explicit(&ready, 1, memory_order_release);
    return unused;
}

static void *reader(void *unused)
{
    while (atomic_load_explicit(&ready, memory_order_acquire) == 0)
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
