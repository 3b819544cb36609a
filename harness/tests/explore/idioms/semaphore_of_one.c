// A semaphore of 1 lets one thread in at a time.
// explore: clean

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t places;
static int counter;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make(void)
{
    sem_init(&places, 0, 1);
}

static void *work(void *unused)
{
    pthread_once(&once, make);
    sem_wait(&places);
    counter++;
    sem_post(&places);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return counter != 2;
}
