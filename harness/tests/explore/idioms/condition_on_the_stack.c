// Who waits brings a condition variable along, on the stack, and destroys it as soon as the wait is
// over, with the mutex still held.
// explore: clean

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct waiter {
    pthread_cond_t called;
    bool is_called;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct waiter *waiting; // NULL: nobody
static bool done;

static void *wait_until_done(void *unused)
{
    pthread_mutex_lock(&lock);
    if (!done) {
        struct waiter self = {PTHREAD_COND_INITIALIZER, false};
        waiting = &self;
        while (!self.is_called)
            pthread_cond_wait(&self.called, &lock);
        waiting = NULL;
        pthread_cond_destroy(&self.called);
    }
    if (!done)
        exit(1);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void *call(void *unused)
{
    pthread_mutex_lock(&lock);
    done = true;
    if (waiting) {
        waiting->is_called = true;
        pthread_cond_signal(&waiting->called);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, wait_until_done, NULL);
    pthread_create(&threads[1], NULL, call, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
