// What was written after the pipe was is not ordered before what follows the wait for it.
// tsan: reported, data race
// helgrind: reported, data race

#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

enum { WAYS = 3 };

static int ends[WAYS][2];
static int payload[WAYS];

static void *produce(void *unused)
{
    for (int way = 0; way < WAYS; way++) {
        (void)!write(ends[way][1], "", 1);
        payload[way] = 14;
    }
    return unused;
}

static int wait_by_poll(int descriptor)
{
    struct pollfd polled = {descriptor, POLLIN, 0};
    return poll(&polled, 1, -1);
}

static int wait_by_select(int descriptor)
{
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(descriptor, &readable);
    return select(descriptor + 1, &readable, NULL, NULL, NULL);
}

static int wait_by_epoll(int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN};
    int set = epoll_create1(0);
    epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
    int ready = epoll_wait(set, &event, 1, -1);
    close(set);
    return ready;
}

int main(void)
{
    static int (*const wait[WAYS])(int) = {wait_by_poll, wait_by_select, wait_by_epoll};
    pthread_t thread;
    int sum = 0;
    for (int way = 0; way < WAYS; way++)
        if (pipe(ends[way]) != 0)
            return 2;
    pthread_create(&thread, NULL, produce, NULL);
    for (int way = 0; way < WAYS; way++) {
        if (wait[way](ends[way][0]) != 1)
            return 2;
        sum += payload[way];
    }
    pthread_join(thread, NULL);
    return sum < 0;
}
