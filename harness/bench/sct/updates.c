// Threads that update one number, all in any order: nothing goes wrong, but there are very many
// schedules.

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { THREADS_MOST = 8, UPDATES = 4 };

static atomic_int number;

static void *update(void *unused)
{
    for (int i = 0; i < UPDATES; i++)
        atomic_fetch_add(&number, 1);
    return unused;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 2;
    pthread_t threads[THREADS_MOST];
    if (count < 1 || count > THREADS_MOST)
        return 2;
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, update, NULL);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return number != count * UPDATES;
}
