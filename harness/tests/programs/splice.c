// What was written to a pipe happens before what is spliced out of it, and on into another.
// tsan: clean
// helgrind: clean
// explore: abstains

#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int inlet[2], outlet[2];
static int payload;

static void *produce(void *unused)
{
    payload = 42;
    if (write(inlet[1], "x", 1) != 1)
        payload = 0;
    return unused;
}

static void *pass_on(void *unused)
{
    if (splice(inlet[0], NULL, outlet[1], NULL, 1, 0) != 1)
        close(outlet[1]);
    return unused;
}

int main(void)
{
    pthread_t producer, courier;
    if (pipe(inlet) != 0 || pipe(outlet) != 0)
        return 2;
    pthread_create(&producer, NULL, produce, NULL);
    pthread_create(&courier, NULL, pass_on, NULL);
    char got_byte;
    if (read(outlet[0], &got_byte, 1) != 1)
        return 2;
    int got = payload;
    pthread_join(producer, NULL);
    pthread_join(courier, NULL);
    return got != 42;
}
