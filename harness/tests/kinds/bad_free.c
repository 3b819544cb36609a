// A thread frees what is not the beginning of a block.
// explore: reported, bad free

#include <pthread.h>
#include <stdlib.h>

static void *release(void *numbers)
{
    int *second = (int *)numbers + 1;
    free(second);
    return NULL;
}

int main(void)
{
    int *numbers = calloc(4, sizeof *numbers);
    pthread_t thread;
    pthread_create(&thread, NULL, release, numbers);
    pthread_join(thread, NULL);
    return 0;
}
