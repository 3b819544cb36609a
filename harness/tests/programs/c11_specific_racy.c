// The same, but the destructor takes no mutex.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <stdlib.h>
#include <threads.h>

enum { THREADS = 2, ROUNDS = 10 };

static tss_t tally;
static int total;

static void add_to_total(void *data)
{
    int *own = data;
    total += *own;
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
    tss_create(&tally, add_to_total);
    for (int i = 0; i < THREADS; i++)
        thrd_create(&threads[i], work, NULL);
    for (int i = 0; i < THREADS; i++)
        thrd_join(threads[i], NULL);
    tss_delete(tally);
    return total != THREADS * ROUNDS;
}
