// The same, but the routine is guarded by a plain flag instead.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

static bool filled;
static int table[16];

static void fill(void)
{
    for (int i = 0; i < 16; i++)
        table[i] = i * i;
    filled = true;
}

static void *look_up(void *unused)
{
    if (!filled)
        fill();
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
