// Publication without order, between calls on pipes that the other thread does not know.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { WRITER, READER };

static int ends[2][2];
static int value;
static atomic_int ready;

static void turn_round(int thread)
{
    char byte = 0;
    if (write(ends[thread][1], &byte, 1) != 1 || read(ends[thread][0], &byte, 1) != 1)
        exit(2);
}

static void *writer(void *unused)
{
    value = 42;
    turn_round(WRITER);
    atomic_store_explicit(&ready, 1, memory_order_relaxed);
    return unused;
}

static void *reader(void *unused)
{
    while (atomic_load_explicit(&ready, memory_order_relaxed) == 0)
        sched_yield();
    turn_round(READER);
    if (value != 42)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    if (pipe(ends[WRITER]) != 0 || pipe(ends[READER]) != 0)
        return 2;
    pthread_create(&threads[0], NULL, reader, NULL);
    pthread_create(&threads[1], NULL, writer, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
