// Writers put something in place in two critical sections, one for each half. A reader that comes
// between them finds the first half without the second.

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MOST = 128 };

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;
static int first_half, second_half;

static void *write_halves(void *unused)
{
    pthread_mutex_lock(&first_lock);
    first_half = 1;
    pthread_mutex_unlock(&first_lock);

    pthread_mutex_lock(&second_lock);
    second_half = 2;
    pthread_mutex_unlock(&second_lock);
    return unused;
}

static void *read_halves(void *unused)
{
    pthread_mutex_lock(&first_lock);
    int first = first_half;
    pthread_mutex_unlock(&first_lock);
    if (first == 0)
        return unused; // nothing there yet

    pthread_mutex_lock(&second_lock);
    int second = second_half;
    pthread_mutex_unlock(&second_lock);
    assert(second == first + 1);
    return unused;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 2;
    pthread_t threads[THREADS_MOST];
    if (count < 2 || count > THREADS_MOST)
        return 2;
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, i < count - 1 ? write_halves : read_halves, NULL);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
