// A thread that waits by giving way until another one, which begins late, has read what it wrote before.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static int offer;
static atomic_bool answered;

static bool is_answered(void)
{
    return atomic_load_explicit(&answered, memory_order_relaxed);
}

static void *seller(void *unused)
{
    offer = 42;
    while (!is_answered())
        sched_yield();
    return unused;
}

static void *buyer(void *unused)
{
    usleep(200000);
    int heard = offer;
    atomic_store_explicit(&answered, true, memory_order_relaxed);
    printf("%d\n", heard);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, seller, NULL);
    pthread_create(&threads[1], NULL, buyer, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
