// Each thread prints to a buffer of its own.
// explore: clean

#include <pthread.h>
#include <stdio.h>

static void *work(void *unused)
{
    char buffer[40];
    snprintf(buffer, sizeof buffer, "%d", 1234);
    return buffer[3] == '4' ? unused : NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
