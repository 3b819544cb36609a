// An atomic load and an atomic store are two steps: updates are lost. (There is no data race, and
// ThreadSanitizer and Helgrind report none.)
// explore: wrong result
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 1000 };

static atomic_int count;
static pthread_barrier_t start;

static void *increment(void *unused)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        int seen = atomic_load(&count);
        atomic_store(&count, seen + 1);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, increment, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    printf("want: %d, got: %d\n", THREADS * ROUNDS, atomic_load(&count));
    return atomic_load(&count) != THREADS * ROUNDS;
}
