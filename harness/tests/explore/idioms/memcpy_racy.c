// Two threads copy to one small buffer.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>
#include <string.h>

static char buffer[4];

static void *work(void *unused)
{
    memcpy(buffer, "abc", sizeof buffer);
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
