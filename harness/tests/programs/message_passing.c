// A relaxed value, then a released flag: whoever finds the flag raised finds the value, for a
// thread's stores arrive in their order. Whoever finds it down may find either.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int value, flag, missed;
static int plain;

static void *send(void *unused)
{
    plain = 1;
    atomic_store_explicit(&value, 1, memory_order_relaxed);
    atomic_store_explicit(&flag, 1, memory_order_release);
    return unused;
}

static void *receive(void *unused)
{
    int raised = atomic_load_explicit(&flag, memory_order_acquire);
    int found = atomic_load_explicit(&value, memory_order_relaxed);
    if (raised && (found != 1 || plain != 1))
        missed = 1;
    return unused;
}

int main(void)
{
    pthread_t sender, receivers[2];
    pthread_create(&sender, NULL, send, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&receivers[i], NULL, receive, NULL);
    pthread_join(sender, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(receivers[i], NULL);
    return missed;
}
