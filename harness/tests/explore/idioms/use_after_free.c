// A thread reads a block that its creator frees when it likes.
// explore: reported, use after free

#include <pthread.h>
#include <stdlib.h>

static void *work(void *block)
{
    return *(int *)block == 7 ? NULL : block;
}

int main(void)
{
    pthread_t thread;
    int *block = malloc(sizeof *block);
    *block = 7;
    pthread_create(&thread, NULL, work, block);
    free(block);
    pthread_join(thread, NULL);
    return 0;
}
