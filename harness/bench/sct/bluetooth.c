// A driver of a device: requests are counted while they run, and who stops it waits until the count
// is zero. A request looks whether the driver is being stopped before it is counted; in between it
// may stop.

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool stopping, stopped;
static atomic_int pending = 1; // the driver itself counts as one
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t no_more = PTHREAD_COND_INITIALIZER;
static bool none_pending;

static void leave(void)
{
    if (atomic_fetch_sub(&pending, 1) > 1)
        return;
    pthread_mutex_lock(&lock);
    none_pending = true;
    pthread_cond_signal(&no_more);
    pthread_mutex_unlock(&lock);
}

static void *request(void *unused)
{
    if (stopping)
        return unused;
    atomic_fetch_add(&pending, 1);
    assert(!stopped); // the device is there while a request runs
    leave();
    return unused;
}

static void *stop(void *unused)
{
    stopping = true;
    leave();
    pthread_mutex_lock(&lock);
    while (!none_pending)
        pthread_cond_wait(&no_more, &lock);
    pthread_mutex_unlock(&lock);
    stopped = true;
    return unused;
}

int main(void)
{
    pthread_t requester, stopper;
    pthread_create(&requester, NULL, request, NULL);
    pthread_create(&stopper, NULL, stop, NULL);
    pthread_join(requester, NULL);
    pthread_join(stopper, NULL);
    return 0;
}
