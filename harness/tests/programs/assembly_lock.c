// A spin lock in assembly, of which the judges cannot know what it orders.
// tsan: abstains; assembly of its own (__asm__ in assembly_lock.c
// helgrind: abstains; assembly of its own (__asm__ in assembly_lock.c

#include <pthread.h>
#include <sched.h>
#include <stddef.h>

static volatile int lock;

static int swap(volatile int *place, int value)
{
    __asm__ volatile("xchg %0, %1" : "+r"(value), "+m"(*place) : : "memory");
    return value;
}

static int visitors;

static void *count(void *unused)
{
    for (int i = 0; i < 100; i++) {
        while (swap(&lock, 1))
            sched_yield();
        visitors++;
        swap(&lock, 0);
    }
    return unused;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, count, NULL);
    pthread_create(&other, NULL, count, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return visitors != 200;
}
