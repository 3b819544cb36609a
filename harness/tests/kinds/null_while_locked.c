// A crash while other threads hold locks, which the death of the process takes from them.
// explore: abstains
// tsan: crashed; SIGSEGV in main at null_while_locked.c:30
// helgrind: crashed; SIGSEGV in main at null_while_locked.c:30
// native: crashed; SIGSEGV

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t locked;
static int *volatile nothing;

static void *keep(void *unused)
{
    pthread_mutex_lock(&lock);
    sem_post(&locked);
    pause();
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    sem_init(&locked, 0, 0);
    pthread_create(&thread, NULL, keep, NULL);
    sem_wait(&locked);
    return *nothing;
}
