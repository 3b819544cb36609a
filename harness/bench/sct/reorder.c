// Setters write one word and then the other; a checker must never see only the first one written.
// It does if it comes right after the first write of a setter, and no setter has made its second
// write yet: the more setters, the rarer.

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { THREADS_MOST = 128 };

static atomic_int first, second;

static void *set(void *unused)
{
    first = 1;
    second = -1;
    return unused;
}

static void *check(void *unused)
{
    int seen_first = first;
    int seen_second = second;
    assert((seen_first == 0 && seen_second == 0) || (seen_first == 1 && seen_second == -1));
    return unused;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 3;
    pthread_t threads[THREADS_MOST];
    if (count < 2 || count > THREADS_MOST)
        return 2;
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, i < count - 1 ? set : check, NULL);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
