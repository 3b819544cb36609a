// Two locks in opposite orders.
// explore: reported, deadlock

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int next;

static void *work(void *unused)
{
    int own = next++;
    pthread_mutex_lock(own == 0 ? &left : &right);
    pthread_mutex_lock(own == 0 ? &right : &left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
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
