// Two threads change one variable under a lock and one through an atomic: no detector may complain.
// What it prints the C library brings to where it goes, for which it asks the kernel.

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int locked;
static atomic_int atomic;

static void *add(void *argument)
{
    for (int i = 0; i < 100; i++) {
        pthread_mutex_lock(&lock);
        locked++;
        pthread_mutex_unlock(&lock);
        atomic_fetch_add_explicit(&atomic, 1, memory_order_relaxed);
    }
    return argument;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, add, NULL);
    pthread_create(&other, NULL, add, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    printf("%d and %d\n", locked, atomic);
    return locked == 200 && atomic == 200 ? 0 : 1;
}
