// A table is filled by whoever comes first to pthread_once.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <stdlib.h>

static pthread_once_t filled = PTHREAD_ONCE_INIT;
static int table[16];

static void fill(void)
{
    for (int i = 0; i < 16; i++)
        table[i] = i * i;
}

static void *look_up(void *unused)
{
    pthread_once(&filled, fill);
    if (table[9] != 81)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, look_up, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
