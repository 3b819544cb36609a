// Two threads have the clock told into the same variable.
// tsan: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>
#include <time.h>

static struct timespec last_seen;

static void *look_at_clock(void *unused)
{
    clock_gettime(CLOCK_MONOTONIC, &last_seen);
    return unused;
}

int main(void)
{
    pthread_t other;
    pthread_create(&other, NULL, look_at_clock, NULL);
    look_at_clock(NULL);
    pthread_join(other, NULL);
    return 0;
}
