// A semaphore that nobody posts while main joins: no thread is left to wake another, and that is told
// at once.
// explore: reported, deadlock
// tsan: hung; every thread waits for another
// helgrind: hung; every thread waits for another
// native: hung; every thread waits for another

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t never;

static void *wait_for_it(void *unused)
{
    sem_wait(&never);
    return unused;
}

int main(void)
{
    pthread_t thread;
    sem_init(&never, 0, 0);
    pthread_create(&thread, NULL, wait_for_it, NULL);
    pthread_join(thread, NULL);
    return 0;
}
