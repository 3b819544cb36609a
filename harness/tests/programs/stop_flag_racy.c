// The same, but the tally is read as soon as the flag is set.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool stop;
static long tally;

static void *work(void *unused)
{
    do {
        tally++;
        sched_yield();
    } while (!atomic_load_explicit(&stop, memory_order_relaxed));
    return unused;
}

int main(void)
{
    pthread_t worker;
    pthread_create(&worker, NULL, work, NULL);
    atomic_store_explicit(&stop, true, memory_order_relaxed);
    long seen = tally;
    pthread_join(worker, NULL);
    return seen < 0;
}
