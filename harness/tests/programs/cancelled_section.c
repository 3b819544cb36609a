// A thread that is cancelled as it sleeps gives its lock back in a clean-up handler, which
// ThreadSanitizer does not heed: to it the lock is taken for ever.
// explore: clean
// tsan: abstains; cannot follow pthread_cancel
// helgrind: clean

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t asleep;
static int jobs;

static void give_back(void *unused)
{
    (void)unused;
    pthread_mutex_unlock(&lock);
}

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(give_back, NULL);
    jobs++;
    sem_post(&asleep);
    for (;;)
        sleep(10);
    pthread_cleanup_pop(1);
    return unused;
}

int main(void)
{
    pthread_t thread;
    sem_init(&asleep, 0, 0);
    pthread_create(&thread, NULL, work, NULL);
    sem_wait(&asleep);
    usleep(100000);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock);
    int done = jobs;
    pthread_mutex_unlock(&lock);
    return done != 1;
}
