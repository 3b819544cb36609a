// Freed by who does not take part, before all have come.
// tsan: reported
// explore: reported

#include <pthread.h>
#include <stdlib.h>

static void *meet(void *barrier)
{
    pthread_barrier_wait(barrier);
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
    free(barrier);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
