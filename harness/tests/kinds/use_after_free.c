// A thread reads memory that another one freed.
// explore: reported, use after free
// tsan: reported, use after free
#include <pthread.h>
#include <stdlib.h>

static void *release(void *number)
{
    free(number);
    return NULL;
}

int main(void)
{
    int *number = calloc(1, sizeof *number);
    pthread_t thread;
    pthread_create(&thread, NULL, release, number);
    pthread_join(thread, NULL);
    (void)*(volatile int *)number;
    return 0;
}
