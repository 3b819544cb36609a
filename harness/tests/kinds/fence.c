// Right, by fences; ThreadSanitizer does not understand them, and may not be believed.
// explore: clean
// tsan: abstains
// helgrind: clean

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static int letter;
static atomic_bool posted;

static void *post(void *unused)
{
    letter = 42;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&posted, true, memory_order_relaxed);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, post, NULL);
    while (!atomic_load_explicit(&posted, memory_order_relaxed))
        sched_yield();
    atomic_thread_fence(memory_order_acquire);
    int wrong = letter != 42;
    pthread_join(thread, NULL);
    return wrong;
}
