// What a client did before it connected happens before its server accepts it.
// tsan: clean
// helgrind: clean

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address;
static int payload;

static void *call(void *unused)
{
    int end = socket(AF_INET, SOCK_STREAM, 0);
    payload = 42;
    if (connect(end, (const struct sockaddr *)&address, sizeof address) != 0)
        payload = 0;
    close(end);
    return unused;
}

int main(void)
{
    pthread_t thread;
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (const struct sockaddr *)&address, size) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return 2;
    pthread_create(&thread, NULL, call, NULL);
    int end = accept(listener, NULL, NULL);
    int got = payload;
    pthread_join(thread, NULL);
    close(end);
    close(listener);
    return got != 42;
}
