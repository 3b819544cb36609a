// Whoever comes last through a barrier may take it down at once: the library waits for the others' way out.
// tsan: clean
// helgrind: clean
// explore: clean
// native: clean

#include <pthread.h>
#include <stdlib.h>

static void *meet(void *barrier)
{
    if (pthread_barrier_wait(barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
        pthread_barrier_destroy(barrier);
        free(barrier);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_barrier_t *barrier = malloc(sizeof *barrier);
    if (!barrier || pthread_barrier_init(barrier, NULL, 2) != 0)
        return 2;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, meet, barrier);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
