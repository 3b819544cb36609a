// The same, but the load that takes the short way is relaxed.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct settings {
    int limit;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct settings storage;
static struct settings *_Atomic settings;

static struct settings *get_settings(void)
{
    struct settings *found = atomic_load_explicit(&settings, memory_order_relaxed);
    if (found != NULL)
        return found;
    pthread_mutex_lock(&mutex);
    found = atomic_load_explicit(&settings, memory_order_relaxed);
    if (found == NULL) {
        found = &storage;
        found->limit = 42;
        atomic_store_explicit(&settings, found, memory_order_release);
    }
    pthread_mutex_unlock(&mutex);
    return found;
}

static void *use(void *unused)
{
    if (get_settings()->limit != 42)
        exit(1);
    return unused;
}

// Comes when the other has initialised: on the way without the lock.
static void *use_later(void *unused)
{
    while (atomic_load_explicit(&settings, memory_order_relaxed) == NULL)
        sched_yield();
    return use(unused);
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, use_later, NULL);
    pthread_create(&threads[1], NULL, use, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
