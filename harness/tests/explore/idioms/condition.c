// A hand-over with a condition variable.
// explore: clean

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static bool full;
static int content;

static void *fill(void *unused)
{
    pthread_mutex_lock(&lock);
    content = 7;
    full = true;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, fill, NULL);
    pthread_mutex_lock(&lock);
    while (!full)
        pthread_cond_wait(&filled, &lock);
    int seen = content;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return seen != 7;
}
