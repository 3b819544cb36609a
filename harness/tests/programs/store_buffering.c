// Each of two threads raises a flag and looks at the other's. With the weaker orders both may find
// the other's down; that is no data race.
// explore: wrong result
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int flags[2];
static int found[2];

static void *work(void *argument)
{
    int me = *(int *)argument;
    atomic_store_explicit(&flags[me], 1, memory_order_release);
    found[me] = atomic_load_explicit(&flags[1 - me], memory_order_acquire);
    return NULL;
}

int main(void)
{
    int numbers[2] = {0, 1};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return found[0] || found[1] ? 0 : 1;
}
