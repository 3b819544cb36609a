// A pipe whose reader does not wait, and asks again and again.
// tsan: clean
// helgrind: clean
// explore: clean

#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    if (write(ends[1], "x", 1) != 1)
        payload = 0;
    return unused;
}

int main(void)
{
    pthread_t thread;
    char got_byte;
    if (pipe2(ends, O_NONBLOCK) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    while (read(ends[0], &got_byte, 1) != 1)
        sched_yield();
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
