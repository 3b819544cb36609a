// Who reads the end of a pipe comes after who closed it.
// tsan: clean
// helgrind: clean
// explore: clean

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    close(ends[1]);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char byte;
    if (pipe(ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    if (read(ends[0], &byte, 1) != 0)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
