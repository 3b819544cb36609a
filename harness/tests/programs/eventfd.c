// An event descriptor wakes its reader after what was done before.
// tsan: clean
// helgrind: clean
// explore: clean

#include <pthread.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int event;
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    eventfd_write(event, 1);
    return unused;
}

int main(void)
{
    pthread_t thread;
    event = eventfd(0, 0);
    pthread_create(&thread, NULL, produce, NULL);
    uint64_t count;
    if (read(event, &count, sizeof count) != (ssize_t)sizeof count)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
