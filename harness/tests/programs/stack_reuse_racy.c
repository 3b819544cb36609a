// An atomic object lay where another call's plain variable lies later, which two threads then
// share.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static void *add_atomically(void *data)
{
    atomic_int *count = data;
    atomic_fetch_add(count, 1);
    return NULL;
}

static void *add_plainly(void *data)
{
    int *count = data;
    ++*count;
    return NULL;
}

static void run_twice(void *(*add)(void *), void *count)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, count);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}

__attribute__((noinline)) static void count_atomically(void)
{
    atomic_int counts[64] = {0};
    for (int i = 0; i < 64; i++)
        atomic_fetch_add(&counts[i], 1);
    run_twice(add_atomically, &counts[0]);
}

__attribute__((noinline)) static void count_plainly(void)
{
    int counts[64] = {0};
    run_twice(add_plainly, &counts[0]);
}

int main(void)
{
    count_atomically();
    count_plainly();
    return 0;
}
