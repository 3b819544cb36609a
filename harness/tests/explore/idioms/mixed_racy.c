// One thread's atomic access, the other's plain one.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>

static int counter;
static _Atomic int next;

static void *work(void *unused)
{
    if (next++ == 0)
        __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
    else
        counter = 5;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
