// A spin lock that pauses in assembly, which touches nothing and orders nothing.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_flag lock = ATOMIC_FLAG_INIT;
static int visitors;

static void *count(void *unused)
{
    for (int i = 0; i < 100; i++) {
        while (atomic_flag_test_and_set(&lock))
            __asm__ volatile("pause" ::: "memory");
        visitors++;
        atomic_flag_clear(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return visitors == 200 ? 0 : 1;
}
