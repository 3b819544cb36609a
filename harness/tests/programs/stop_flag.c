// A worker runs until a relaxed flag says stop. Nothing but the end of the loop hangs on the flag:
// the tally is read after the join.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
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
    pthread_join(worker, NULL);
    long seen = tally;
    return seen < 1;
}
