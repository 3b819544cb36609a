// Two threads open the two ends of a named pipe, each waiting for the other.
// tsan: clean
// helgrind: clean
// explore: abstains; the opening of a named pipe
// native: clean

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char name[64];
static int payload;

static void *produce(void *unused)
{
    int end = open(name, O_WRONLY);
    payload = 42;
    (void)!write(end, "", 1);
    close(end);
    return unused;
}

int main(void)
{
    pthread_t thread;
    char folder[] = "/tmp/racelings-pipe-XXXXXX", byte;
    if (!mkdtemp(folder))
        return 2;
    snprintf(name, sizeof name, "%s/pipe", folder);
    mkfifo(name, 0600);
    pthread_create(&thread, NULL, produce, NULL);
    int end = open(name, O_RDONLY);
    int got = read(end, &byte, 1) == 1 ? payload : 0;
    close(end);
    pthread_join(thread, NULL);
    unlink(name);
    rmdir(folder);
    return got != 42;
}
