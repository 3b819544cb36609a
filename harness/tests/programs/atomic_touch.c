// A word that is touched by atomic operations and, elsewhere, read and written by plain ones: ordered by a
// release store, and right.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

typedef long row __attribute__((vector_size(32), aligned(8)));

static row forecast;
static atomic_bool published;

static void *publish(void *unused)
{
    for (int i = 0; i < 4; i++)
        (void)__atomic_load_n((long *)&forecast + i, __ATOMIC_RELAXED);
    forecast = (row){1, 2, 3, 4};
    atomic_store_explicit(&published, 1, memory_order_release);
    return unused;
}

int main(void)
{
    pthread_t publisher;
    pthread_create(&publisher, NULL, publish, NULL);
    while (!atomic_load_explicit(&published, memory_order_acquire))
        continue;
    row got = forecast;
    printf("%ld\n", got[3]);
    pthread_join(publisher, NULL);
    return 0;
}
