// Two flags and sequentially consistent order: at most one thread goes in.
// explore: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int flag[2], next;
static int counter;

static void *work(void *unused)
{
    int own = next++;
    flag[own] = 1;
    if (flag[1 - own] == 0)
        counter++;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return counter > 1;
}
