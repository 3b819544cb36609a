// A value is published by a flag that is read and written like a variable: seq_cst, the default.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

static int value;
static atomic_bool ready;

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
