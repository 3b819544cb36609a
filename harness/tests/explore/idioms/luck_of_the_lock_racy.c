// An access before a critical section and one after it: most schedules order the two by luck.
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int number, inside;
static _Atomic int next;

static void *work(void *unused)
{
    int own = next++;
    if (own == 0)
        number = 1;
    pthread_mutex_lock(&lock);
    inside++;
    pthread_mutex_unlock(&lock);
    if (own == 1)
        number = 2;
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
