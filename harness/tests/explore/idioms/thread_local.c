// Each thread counts for itself.
// explore: clean

#include <pthread.h>
#include <stddef.h>

static _Thread_local int counter;
static int *seen[2];

static void *work(void *unused)
{
    int *own = &counter;
    for (int i = 0; i < 3; i++)
        (*own)++;
    return *own == 3 ? unused : (void *)seen;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return seen[0] == NULL ? 0 : 1;
}
