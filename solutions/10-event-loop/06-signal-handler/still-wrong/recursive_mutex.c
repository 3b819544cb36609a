// Still wrong: a mutex around the line. It must be recursive, as it is the same thread; so the handler
// comes in.
// Caught by: explore, native

#include "diary.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened

static pthread_mutex_t lock;

static void hear(int horn)
{
    (void)horn;
    diary_write("A horn.");
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    sigaction(SIGUSR1, &action, &before);
}

void diary_write(const char *text)
{
    pthread_mutex_lock(&lock);
    for (; *text; text++)
        ink(*text);
    ink('\n');
    pthread_mutex_unlock(&lock);
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
    pthread_mutex_destroy(&lock);
}
