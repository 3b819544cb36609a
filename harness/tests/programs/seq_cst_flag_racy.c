// The same, but the flag is volatile, which orders nothing between threads.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

static int value;
static volatile bool ready;

static void *writer(void *unused)
{
    value = 42;
    ready = true;
    return unused;
}

static void *reader(void *unused)
{
    while (!ready)
        sched_yield();
    if (value != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, reader, NULL);
    pthread_create(&threads[1], NULL, writer, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
