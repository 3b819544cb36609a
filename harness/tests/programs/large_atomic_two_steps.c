// Loaded and stored, an atomic object of 32 bytes loses what another thread does in between. It is no data
// race.
// tsan: clean
// helgrind: clean
// explore: wrong result
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct tally {
    long count, spare[3];
};

static _Atomic struct tally tally;

static void *count(void *unused)
{
    struct tally next = atomic_load(&tally);
    next.count++;
    atomic_store(&tally, next);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, count, NULL);
    pthread_create(&threads[1], NULL, count, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    struct tally end = atomic_load(&tally);
    return end.count != 2;
}
