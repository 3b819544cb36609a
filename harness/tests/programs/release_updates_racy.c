// The same, but the read-modify-writes are relaxed.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

static int values[2];
static atomic_int finished;

static void *work(void *data)
{
    int *value = data;
    *value = 21;
    atomic_fetch_add_explicit(&finished, 1, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, &values[i]);
    while (atomic_load_explicit(&finished, memory_order_relaxed) != 2)
        sched_yield();
    int all = atomic_load_explicit(&finished, memory_order_acquire);
    int sum = values[0] + values[1];
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return all != 2 || sum != 42;
}
