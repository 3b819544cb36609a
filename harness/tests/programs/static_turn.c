// Peterson's lock with sequentially consistent atomics. `turn` is static, one function alone uses
// it, and it is written before it is read: an optimiser must not take it for a variable of each
// call.
// explore: clean
// tsan: clean
// helgrind: clean
// native: clean
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROUNDS = 200 };

static atomic_int want[2], turn;
static long count;

static void *work(void *number)
{
    int me = (int)(long)number, other = 1 - me;
    for (int i = 0; i < ROUNDS; i++) {
        want[me] = 1;
        turn = other;
        while (want[other] && turn == other)
            ; // no call that the optimiser could not see through
        count++;
        want[me] = 0;
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("want: %d, got: %ld\n", 2 * ROUNDS, count);
    return count == 2 * ROUNDS ? 0 : 1;
}
