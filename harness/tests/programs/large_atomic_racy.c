// An atomic object of 24 bytes publishes what is written after it: only the object itself is safe.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct note {
    long words[3];
};

static int price;
static _Atomic struct note note;

static void *writer(void *unused)
{
    const struct note first = {{1, 2, 3}};
    atomic_store(&note, first);
    price = 42;
    return unused;
}

static void *reader(void *unused)
{
    struct note seen = atomic_load(&note);
    return price + seen.words[2] > 0 ? unused : NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, writer, NULL);
    pthread_create(&threads[1], NULL, reader, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
