// main returns while another thread is in its critical section: the process ends, the lock is no
// finding.
// explore: abstains
// helgrind: clean

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t locked;

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
    return 0;
}
