// A thread waits in a loop for what nobody does.
// explore: hung, no progress

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool ready;

static void *wait_until_ready(void *unused)
{
    while (!atomic_load(&ready))
        ;
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, wait_until_ready, NULL);
    pthread_join(thread, NULL);
    return 0;
}
