// A table is made by whoever comes first to pthread_once, and found by those who come later with an
// acquire load alone. Who has passed pthread_once finds it too.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_once_t made = PTHREAD_ONCE_INIT;
static int squares[16];
static _Atomic(int *) table;

static void make(void)
{
    for (int i = 0; i < 16; i++)
        squares[i] = i * i;
    atomic_store_explicit(&table, squares, memory_order_release);
}

static void *look_up(void *unused)
{
    if (atomic_load_explicit(&table, memory_order_acquire) == NULL)
        pthread_once(&made, make);
    int *found = atomic_load_explicit(&table, memory_order_acquire);
    if (found == NULL || found[9] != 81)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, look_up, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
