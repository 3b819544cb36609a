// Still wrong: the handler waits with its line until the keeper has ended his own: it looks whether one
// is begun. Nobody writes it down then.
// Caught by: explore, native

#include "diary.h"

#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened

static volatile sig_atomic_t writing;

static void hear(int horn)
{
    (void)horn;
    if (!writing)
        diary_write("A horn.");
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    sigaction(SIGUSR1, &action, &before);
}

void diary_write(const char *text)
{
    writing = 1;
    for (; *text; text++)
        ink(*text);
    ink('\n');
    writing = 0;
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
}
