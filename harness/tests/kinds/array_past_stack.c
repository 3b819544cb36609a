// An array larger than a thread's stack: the first use of it is below the stack, perhaps in another's.
// explore: crashed; has used up its stack

#include <pthread.h>
#include <stddef.h>
#include <string.h>

static void *fill(void *unused)
{
    char large[10 << 20];
    memset(large, 1, sizeof large);
    return large[77] == 1 ? unused : NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, fill, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
