// An update is lost on every run, without a data race: semaphores put one thread's whole addition
// between the other's read and its write. Only the result shows it.

#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t has_read, has_added;
static int total;

static void *read_then_write(void *argument)
{
    int seen = total;
    sem_post(&has_read);
    sem_wait(&has_added);
    total = seen + 1;
    return argument;
}

static void *add(void *argument)
{
    sem_wait(&has_read);
    total++;
    sem_post(&has_added);
    return argument;
}

int main(void)
{
    pthread_t slow, quick;
    sem_init(&has_read, 0, 0);
    sem_init(&has_added, 0, 0);
    pthread_create(&slow, NULL, read_then_write, NULL);
    pthread_create(&quick, NULL, add, NULL);
    pthread_join(slow, NULL);
    pthread_join(quick, NULL);
    return total == 2 ? 0 : 1;
}
