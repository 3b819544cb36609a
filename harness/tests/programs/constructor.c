// Locks and the like are made and used before main.
// tsan: clean
// helgrind: clean
// explore: clean
// native: clean

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static pthread_mutex_t mutex;
static pthread_cond_t condition;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t semaphore;
static int count, initialised;

static void initialise(void)
{
    initialised++;
}

__attribute__((constructor)) static void begin(void)
{
    pthread_mutex_init(&mutex, NULL);
    pthread_cond_init(&condition, NULL);
    sem_init(&semaphore, 0, 0);
    pthread_mutex_lock(&mutex);
    count++;
    pthread_cond_broadcast(&condition);
    pthread_mutex_unlock(&mutex);
    pthread_once(&once, initialise);
    sem_post(&semaphore);
}

static void *add(void *unused)
{
    sem_wait(&semaphore);
    pthread_once(&once, initialise);
    pthread_mutex_lock(&mutex);
    count++;
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, add, NULL);
    pthread_join(thread, NULL);
    return count != 2 || initialised != 1;
}
