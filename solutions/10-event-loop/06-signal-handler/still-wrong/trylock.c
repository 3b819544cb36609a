// Still wrong: the handler only writes if nobody holds the lock. He who does holds it for the whole line,
// and the horn is not heard a second time.
// Caught by: explore, native

#include "diary.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void write_line(const char *text)
{
    for (; *text; text++)
        ink(*text);
    ink('\n');
}

static void hear(int horn)
{
    (void)horn;
    if (pthread_mutex_trylock(&lock) != 0)
        return;
    write_line("A horn.");
    pthread_mutex_unlock(&lock);
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    sigaction(SIGUSR1, &action, &before);
}

void diary_write(const char *text)
{
    pthread_mutex_lock(&lock);
    write_line(text);
    pthread_mutex_unlock(&lock);
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
}
