// More threads at once than valgrind by itself has room for (500).
// explore: abstains
// helgrind: clean

#include <pthread.h>

enum { THREADS = 600 };

static pthread_barrier_t all_here;

static void *wait_for_all(void *unused)
{
    pthread_barrier_wait(&all_here);
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 1 << 16);
    pthread_barrier_init(&all_here, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], &small, wait_for_all, NULL) != 0)
            return 1;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
