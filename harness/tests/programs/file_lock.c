// A lock on a whole file, which each thread has opened for itself.
// tsan: clean
// helgrind: clean

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static char name[] = "/tmp/racelings-XXXXXX";
static int visitors;

static void *count(void *unused)
{
    int file = open(name, O_RDWR);
    for (int i = 0; i < 100; i++) {
        flock(file, LOCK_EX);
        visitors++;
        flock(file, LOCK_UN);
    }
    close(file);
    return unused;
}

int main(void)
{
    pthread_t one, other;
    close(mkstemp(name));
    pthread_create(&one, NULL, count, NULL);
    pthread_create(&other, NULL, count, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    unlink(name);
    return visitors != 200;
}
