// What was sent through a pair of sockets happens before it is received.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    if (send(ends[1], "x", 1, 0) != 1)
        payload = 0;
    return unused;
}

int main(void)
{
    pthread_t thread;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    char got_byte;
    if (recv(ends[0], &got_byte, 1, 0) != 1)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
