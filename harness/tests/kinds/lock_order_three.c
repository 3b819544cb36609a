// Three locks, each taken while the one before it is held, in a circle.
// explore: clean
// tsan: reported, lock-order inversion
// helgrind: reported, lock-order inversion
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t red = PTHREAD_MUTEX_INITIALIZER, green = PTHREAD_MUTEX_INITIALIZER,
                       blue = PTHREAD_MUTEX_INITIALIZER;

static void *red_first(void *unused)
{
    pthread_mutex_lock(&red);
    pthread_mutex_lock(&green);
    pthread_mutex_unlock(&green);
    pthread_mutex_unlock(&red);
    return unused;
}

static void *green_first(void *unused)
{
    pthread_mutex_lock(&green);
    pthread_mutex_lock(&blue);
    pthread_mutex_unlock(&blue);
    pthread_mutex_unlock(&green);
    return unused;
}

static void *blue_first(void *unused)
{
    pthread_mutex_lock(&blue);
    pthread_mutex_lock(&red);
    pthread_mutex_unlock(&red);
    pthread_mutex_unlock(&blue);
    return unused;
}

int main(void)
{
    void *(*const steps[])(void *) = {red_first, green_first, blue_first};
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, steps[i], NULL);
        pthread_join(thread, NULL);
    }
    return 0;
}
