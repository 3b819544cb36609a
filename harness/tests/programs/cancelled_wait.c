// A thread that is cancelled in a wait gives the lock back in its clean-up handler. It does
// not wait any more, so the condition may be destroyed.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static int letters, waiting;

static void give_back(void *mutex)
{
    letters--;
    pthread_mutex_unlock(mutex);
}

static void *read_news(void *unused)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(give_back, &lock);
    waiting = 1;
    pthread_cond_signal(&news);
    for (;;)
        pthread_cond_wait(&news, &lock);
    pthread_cleanup_pop(0);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, read_news, NULL);
    pthread_mutex_lock(&lock);
    while (!waiting)
        pthread_cond_wait(&news, &lock);
    pthread_mutex_unlock(&lock);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock);
    int left = letters;
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&news);
    return left != -1;
}
