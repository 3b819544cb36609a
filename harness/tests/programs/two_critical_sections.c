// A value is read in one critical section and written back in another: updates are lost. (There is
// no data race, and ThreadSanitizer and Helgrind report none.)
// explore: wrong result
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 200 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int count;
static pthread_barrier_t start;

static void *increment(void *unused)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        int seen = count;
        pthread_mutex_unlock(&mutex);
        pthread_mutex_lock(&mutex);
        count = seen + 1;
        pthread_mutex_unlock(&mutex);
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
    printf("want: %d, got: %d\n", THREADS * ROUNDS, count);
    return count != THREADS * ROUNDS;
}
