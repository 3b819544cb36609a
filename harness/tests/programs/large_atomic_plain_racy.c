// A plain write among atomic accesses of an object of 33 bytes.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct name {
    char letters[33];
};

static _Atomic struct name name;

static void *plain(void *unused)
{
    ((volatile struct name *)&name)->letters[32] = 'x';
    return unused;
}

static void *reader(void *unused)
{
    struct name seen = atomic_load_explicit(&name, memory_order_relaxed);
    return seen.letters[32] ? unused : NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, plain, NULL);
    pthread_create(&threads[1], NULL, reader, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
