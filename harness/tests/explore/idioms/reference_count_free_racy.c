// Whoever drops the last reference frees, though nothing orders the other's use before it.
// explore: reported, data race

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct shared {
    atomic_int references;
    int value;
};

static struct shared *shared;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make(void)
{
    shared = malloc(sizeof *shared);
    atomic_init(&shared->references, 2);
    shared->value = 7;
}

static void *work(void *unused)
{
    pthread_once(&once, make);
    struct shared *own = shared;
    int seen = own->value;
    if (atomic_fetch_sub_explicit(&own->references, 1, memory_order_relaxed) == 1)
        free(own);
    return seen == 7 ? unused : own;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
