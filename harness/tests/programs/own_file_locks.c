// Locks on a file that belong to who opened it order threads that each open it: nobody knows of that order.
// tsan: abstains; F_OFD_SETLKW in own_file_locks.c:20
// helgrind: abstains; F_OFD_SETLKW in own_file_locks.c:20
// explore: abstains; cannot follow fcntl
// native: clean

#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static char name[] = "/tmp/racelings-locked-XXXXXX";
static int count;

static void *add(void *unused)
{
    int file = open(name, O_RDWR);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    fcntl(file, F_OFD_SETLKW, &lock);
    count++;
    close(file);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    close(mkstemp(name));
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    unlink(name);
    return count != 2;
}
