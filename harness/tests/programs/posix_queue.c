// A message of a POSIX queue is received after it was sent.
// tsan: clean
// helgrind: clean

#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static mqd_t queue;
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    mq_send(queue, "x", 1, 0);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char name[64], message[8];
    struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = sizeof message};
    snprintf(name, sizeof name, "/racelings-%d", (int)getpid());
    queue = mq_open(name, O_CREAT | O_RDWR, 0600, &attributes);
    mq_unlink(name);
    pthread_create(&thread, NULL, produce, NULL);
    if (mq_receive(queue, message, sizeof message, NULL) != 1)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
