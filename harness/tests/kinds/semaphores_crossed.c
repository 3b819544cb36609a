// Each waits for what the other posts only later.
// explore: reported, deadlock

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t full, alone;

static void *put(void *unused)
{
    sem_wait(&alone);
    sem_post(&full);
    sem_post(&alone);
    return unused;
}

static void *take(void *unused)
{
    sem_wait(&alone);
    sem_wait(&full);
    sem_post(&alone);
    return unused;
}

int main(void)
{
    pthread_t one, other;
    sem_init(&full, 0, 0);
    sem_init(&alone, 0, 1);
    pthread_create(&one, NULL, put, NULL);
    pthread_create(&other, NULL, take, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
