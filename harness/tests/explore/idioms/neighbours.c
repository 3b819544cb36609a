// Each thread has its own byte of one word.
// explore: clean

#include <pthread.h>
#include <stddef.h>

static char bytes[8];
static _Atomic int next;

static void *work(void *unused)
{
    int own = next++;
    for (int i = 0; i < 5; i++)
        bytes[own]++;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return bytes[0] != 5 || bytes[1] != 5;
}
