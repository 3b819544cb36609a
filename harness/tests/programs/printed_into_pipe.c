// What a thread prints into a pipe comes before what follows the reading of it.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    dprintf(ends[1], "%d", 1);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char byte;
    if (pipe(ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    if (read(ends[0], &byte, 1) != 1)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
