// A block that is larger than the explorer's heap has room for.
// explore: abstains; block of more than
// tsan: clean
// helgrind: clean
// native: clean

#include <pthread.h>
#include <stdlib.h>

enum { LENGTH = 25 << 20, STRIDE = 1 << 20 };

static void *fill(void *data)
{
    int *half = data;
    for (size_t i = 0; i < LENGTH / 2; i += STRIDE)
        half[i] = 1;
    return NULL;
}

int main(void)
{
    int *numbers = calloc(LENGTH, sizeof *numbers);
    if (numbers == NULL)
        return 1;
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, fill, numbers + i * (LENGTH / 2));
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    int sum = numbers[0] + numbers[LENGTH / 2];
    free(numbers);
    return sum != 2;
}
