// The same, but the second thread stores: that breaks the release sequence.
// (ThreadSanitizer does not see it.)
// helgrind: reported, data race
// explore: reported, data race
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
    return unused;
}

static void *relay(void *unused)
{
    while (atomic_load_explicit(&stage, memory_order_relaxed) != 1)
        sched_yield();
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
    void *(*const bodies[3])(void *) = {reader, relay, writer};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, bodies[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
