// A ring of four threads: each takes over the token of its neighbour, once. It must not come back
// in one round: it does if they come just in the order of the ring.

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 4 };

static atomic_int tokens[THREADS];

static void *pass(void *number)
{
    int self = *(int *)number;
    int before = tokens[(self + THREADS - 1) % THREADS];
    tokens[self] = before + 1;
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, pass, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert(tokens[0] < THREADS);
    return 0;
}
