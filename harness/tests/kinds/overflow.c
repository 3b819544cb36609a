// A thread writes behind the end of a block.
// explore: reported, overflow

#include <pthread.h>
#include <stdlib.h>

enum { COUNT = 4 };

static void *fill(void *argument)
{
    long *numbers = argument;
    for (int i = 0; i <= COUNT; i++)
        numbers[i] = i;
    return NULL;
}

int main(void)
{
    long *numbers = calloc(COUNT, sizeof *numbers);
    pthread_t thread;
    pthread_create(&thread, NULL, fill, numbers);
    pthread_join(thread, NULL);
    free(numbers);
    return 0;
}
