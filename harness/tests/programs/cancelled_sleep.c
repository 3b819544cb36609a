// A thread that is cancelled as it sleeps takes a lock in its clean-up handler, which ThreadSanitizer
// does not heed.
// tsan: abstains; cannot follow pthread_cancel
// helgrind: clean

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t asleep;
static int jobs;

static void change(int by)
{
    pthread_mutex_lock(&lock);
    jobs += by;
    pthread_mutex_unlock(&lock);
}

static void tidy(void *unused)
{
    (void)unused;
    change(-1);
}

static void *work(void *unused)
{
    change(1);
    pthread_cleanup_push(tidy, NULL);
    sem_post(&asleep);
    for (;;)
        sleep(10);
    pthread_cleanup_pop(1);
    return unused;
}

int main(void)
{
    pthread_t threads[3];
    sem_init(&asleep, 0, 0);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 3; i++)
        sem_wait(&asleep);
    usleep(100000);
    for (int i = 0; i < 3; i++)
        pthread_cancel(threads[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return jobs != 0;
}
