// An atomic object of 32 bytes, which no instruction is large enough for, is counted up and publishes what
// was written before.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { ROUNDS = 3 };

struct tally {
    long count, spare[2], left;
};

static int price;
static _Atomic struct tally tally;

static void *counter(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct tally old = atomic_load_explicit(&tally, memory_order_relaxed), next;
        do {
            next = old;
            next.count++;
            next.left--;
        } while (!atomic_compare_exchange_weak(&tally, &old, next));
    }
    return unused;
}

static void *publisher(void *unused)
{
    price = 42;
    struct tally none = {0}, start = {.spare = {1}};
    atomic_compare_exchange_strong_explicit(&tally, &none, start, memory_order_release,
                                            memory_order_relaxed);
    struct tally seen = atomic_load_explicit(&tally, memory_order_acquire);
    return seen.spare[0] == 1 ? NULL : unused;
}

static void *reader(void *unused)
{
    struct tally seen = atomic_load_explicit(&tally, memory_order_acquire);
    if (seen.spare[0] == 1 && price != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[3];
    pthread_create(&threads[0], NULL, publisher, NULL);
    pthread_create(&threads[1], NULL, reader, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, counter, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    struct tally end = atomic_exchange(&tally, (struct tally){0});
    return end.count != 3 * ROUNDS || end.left != -3 * ROUNDS;
}
