// An assertion fails while its thread holds a lock: the crash is told, not the lock.
// explore: crashed, assertion
// tsan: crashed; aborted in sell at assertion_alone.c:17: Assertion `stock > 0' failed
// helgrind: crashed; aborted in sell at assertion_alone.c:17: Assertion `stock > 0' failed
// native: crashed; aborted at assertion_alone.c:17: Assertion `stock > 0' failed

#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int stock;

static void *sell(void *unused)
{
    pthread_mutex_lock(&lock);
    assert(stock > 0);
    stock--;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, sell, NULL);
    pthread_join(thread, NULL);
    return 0;
}
