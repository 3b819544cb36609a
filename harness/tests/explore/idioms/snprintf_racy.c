// Two threads print to one buffer.
// explore: reported, data race

#include <pthread.h>
#include <stdio.h>

static char buffer[40];

static void *work(void *unused)
{
    snprintf(buffer, sizeof buffer, "%d", 1234);
    return unused;
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
