// What was sent as a datagram, or gathered and scattered, happens before it is received.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

static int ends[2];
static int sent_once, sent_twice;

static void *produce(void *unused)
{
    char text[2] = "xy";
    struct iovec parts[] = {{&text[0], 1}, {&text[1], 1}};
    sent_once = 42;
    if (sendto(ends[1], text, 1, 0, NULL, 0) != 1)
        sent_once = 0;
    sent_twice = 43;
    if (writev(ends[1], parts, 2) != 2)
        sent_twice = 0;
    return unused;
}

int main(void)
{
    pthread_t thread;
    char got[2];
    struct iovec parts[] = {{&got[0], 1}, {&got[1], 1}};
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    if (recvfrom(ends[0], got, 1, 0, NULL, NULL) != 1)
        return 2;
    int once = sent_once;
    if (readv(ends[0], parts, 2) != 2)
        return 2;
    int twice = sent_twice;
    pthread_join(thread, NULL);
    return once != 42 || twice != 43 || got[1] != 'y';
}
