// The second barrier of each round is missing: the next round's write meets the other's read.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic int next;
static int part[2];

static void make(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
}

static void *work(void *unused)
{
    pthread_once(&once, make);
    int own = next++;
    for (int round = 1; round <= 2; round++) {
        part[own] = round;
        pthread_barrier_wait(&barrier);
        if (part[0] != round || part[1] != round)
            return &part;
    }
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
