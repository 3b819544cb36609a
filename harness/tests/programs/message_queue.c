// A message of a System V queue is received after it was sent.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[4];
};

static int queue;
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    struct message message = {.type = 1};
    msgsnd(queue, &message, sizeof message.text, 0);
    return unused;
}

int main(void)
{
    pthread_t thread;
    queue = msgget(IPC_PRIVATE, 0600);
    pthread_create(&thread, NULL, produce, NULL);
    struct message message;
    if (msgrcv(queue, &message, sizeof message.text, 0, 0) < 0)
        return 2;
    msgctl(queue, IPC_RMID, NULL);
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
