// volatile makes nothing atomic.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>

static volatile int counter;

static void *work(void *unused)
{
    for (int i = 0; i < 3; i++) {
        counter++;
    }
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
