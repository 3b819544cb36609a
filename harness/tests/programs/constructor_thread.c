// A thread begins before main, and is joined after it.
// tsan: clean
// helgrind: clean
// explore: abstains; a thread that begins before main (constructor_thread.c:29)
// native: clean

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread;
static int count;

static void add(void)
{
    pthread_mutex_lock(&mutex);
    count++;
    pthread_mutex_unlock(&mutex);
}

static void *add_once(void *unused)
{
    add();
    return unused;
}

__attribute__((constructor)) static void begin(void)
{
    pthread_create(&thread, NULL, add_once, NULL);
}

__attribute__((destructor)) static void end(void)
{
    pthread_join(thread, NULL);
}

int main(void)
{
    add();
    return 0;
}
