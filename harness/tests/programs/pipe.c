// What was written to a pipe happens before it is read.
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
    if (write(ends[1], "x", 1) != 1)
        payload = 0;
    return unused;
}

int main(void)
{
    pthread_t thread;
    if (pipe(ends) != 0)
        return 2;
    pthread_create(&thread, NULL, produce, NULL);
    char got_byte;
    if (read(ends[0], &got_byte, 1) != 1)
        return 2;
    int got = payload;
    pthread_join(thread, NULL);
    return got != 42;
}
