// Two locks are taken in opposite orders, one thread after the other.
// explore: clean
// tsan: reported, lock-order inversion
// helgrind: reported, lock-order inversion
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;

static void *left_first(void *unused)
{
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return unused;
}

static void *right_first(void *unused)
{
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, left_first, NULL);
    pthread_join(thread, NULL);
    pthread_create(&thread, NULL, right_first, NULL);
    pthread_join(thread, NULL);
    return 0;
}
