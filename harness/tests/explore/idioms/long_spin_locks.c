// A spin lock and a ticket lock, held for long while others spin, by many threads.
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

enum { THREADS = 6, ROUNDS = 500, INSIDE = 40 };

static atomic_flag flag = ATOMIC_FLAG_INIT;
static atomic_uint next, served;
static atomic_int looked_at;

static void look_around(void)
{
    for (int i = 0; i < INSIDE; i++)
        (void)atomic_load(&looked_at);
}

static void *spin(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        while (atomic_flag_test_and_set(&flag))
            continue;
        look_around();
        atomic_flag_clear(&flag);
    }
    return unused;
}

static void *queue_up(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        unsigned ticket = atomic_fetch_add(&next, 1);
        while (atomic_load(&served) != ticket)
            sched_yield();
        look_around();
        atomic_store(&served, ticket + 1);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, i % 2 == 0 ? spin : queue_up, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
