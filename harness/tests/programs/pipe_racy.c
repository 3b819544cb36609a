// The payload is written after the word that it is there.
// tsan: reported, data race
// helgrind: reported, data race
// explore: reported, data race

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2];
static int payload;

static void *produce(void *unused)
{
    if (write(ends[1], "x", 1) == 1)
        payload = 42;
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
    return got < 0;
}
