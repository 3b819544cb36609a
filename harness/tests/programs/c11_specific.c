// Each thread keeps a tally of its own in C11 thread-specific storage; as the thread ends, the
// destructor adds it to the total, under a mutex.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <stdlib.h>
#include <threads.h>

enum { THREADS = 2, ROUNDS = 10 };

static tss_t tally;
static mtx_t mutex;
static int total;

static void add_to_total(void *data)
{
    int *own = data;
    mtx_lock(&mutex);
    total += *own;
    mtx_unlock(&mutex);
    free(own);
}

static int work(void *unused)
{
    (void)unused;
    tss_set(tally, calloc(1, sizeof(int)));
    for (int i = 0; i < ROUNDS; i++)
        ++*(int *)tss_get(tally);
    return 0;
}

int main(void)
{
    thrd_t threads[THREADS];
    mtx_init(&mutex, mtx_plain);
    tss_create(&tally, add_to_total);
    for (int i = 0; i < THREADS; i++)
        thrd_create(&threads[i], work, NULL);
    for (int i = 0; i < THREADS; i++)
        thrd_join(threads[i], NULL);
    tss_delete(tally);
    mtx_destroy(&mutex);
    return total != THREADS * ROUNDS;
}
