// A robust mutex that its owner leaves behind orders nobody who does not lock it.
// explore: reported, data race
// tsan: reported, data race

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock;
static int half_done;

static void *leave(void *unused)
{
    pthread_mutex_lock(&lock);
    half_done = 1;
    return unused;
}

static void *look(void *unused)
{
    return half_done > 1 ? unused : NULL;
}

int main(void)
{
    pthread_t threads[2];
    pthread_mutexattr_t robust;
    pthread_mutexattr_init(&robust);
    pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &robust);
    pthread_create(&threads[0], NULL, leave, NULL);
    pthread_create(&threads[1], NULL, look, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
