// The kernel tells of a new file, which a thread made after what it had to do: nobody knows of that order.
// tsan: abstains; inotify_init in file_watched.c:29
// helgrind: abstains; inotify_init in file_watched.c:29
// explore: abstains; cannot follow inotify_init
// native: clean

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

static int watch;
static int payload;

static void *consume(void *unused)
{
    char news[4096];
    int wrong = read(watch, news, sizeof news) <= 0 || payload != 42;
    return wrong ? &payload : unused;
}

int main(void)
{
    pthread_t thread;
    char folder[] = "/tmp/racelings-watched-XXXXXX", file[64];
    void *wrong = NULL;
    watch = inotify_init();
    if (!mkdtemp(folder) || inotify_add_watch(watch, folder, IN_CREATE) < 0)
        return 2;
    pthread_create(&thread, NULL, consume, NULL);
    snprintf(file, sizeof file, "%s/file", folder);
    payload = 42;
    close(open(file, O_CREAT | O_WRONLY, 0600));
    pthread_join(thread, &wrong);
    unlink(file);
    rmdir(folder);
    return wrong != NULL;
}
