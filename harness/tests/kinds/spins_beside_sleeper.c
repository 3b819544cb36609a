// One sleeps in a read that nobody answers, and has a lock; the other spins for it.
// explore: hung
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int bell[2];

static void *ring(void *unused)
{
    while (atomic_flag_test_and_set(&taken))
        sched_yield();
    if (write(bell[1], "!", 1) != 1)
        return NULL;
    atomic_flag_clear(&taken);
    return unused;
}

int main(void)
{
    pthread_t other;
    char rung;
    if (pipe(bell) != 0)
        return 1;
    while (atomic_flag_test_and_set(&taken))
        sched_yield();
    pthread_create(&other, NULL, ring, NULL);
    if (read(bell[0], &rung, 1) != 1)
        return 1;
    atomic_flag_clear(&taken);
    pthread_join(other, NULL);
    return 0;
}
