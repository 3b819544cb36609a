// A thread looks under a lock, again and again, until another has done its part, which takes many steps
// and changes no memory but the doer's own stack.
// explore: clean

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

enum { PARTS = 40 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool done;

static bool is_done(void)
{
    pthread_mutex_lock(&lock);
    bool seen = done;
    pthread_mutex_unlock(&lock);
    return seen;
}

static void *work(void *unused)
{
    for (int part = 0; part < PARTS; part++)
        if (is_done())
            return NULL;
    pthread_mutex_lock(&lock);
    done = true;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    while (!is_done())
        sched_yield();
    pthread_join(thread, NULL);
    return 0;
}
