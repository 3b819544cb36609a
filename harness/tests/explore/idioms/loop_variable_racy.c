// All threads get the address of the loop's variable.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>

static void *work(void *number)
{
    return *(int *)number < 0 ? number : NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, &i);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
