// Two threads write one global, each under a lock of its own.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t red = PTHREAD_MUTEX_INITIALIZER, blue = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void *add_red(void *unused)
{
    pthread_mutex_lock(&red);
    total++;
    pthread_mutex_unlock(&red);
    return unused;
}

static void *add_blue(void *unused)
{
    pthread_mutex_lock(&blue);
    total++;
    pthread_mutex_unlock(&blue);
    return unused;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, add_red, NULL);
    pthread_create(&other, NULL, add_blue, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return total < 1;
}
