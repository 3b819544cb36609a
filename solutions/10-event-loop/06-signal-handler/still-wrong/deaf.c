// Still wrong: does not listen while he writes. The fog is thick, and he writes much.
// Caught by: explore, native

#include "diary.h"

#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened

static void hear(int horn)
{
    (void)horn;
    diary_write("A horn.");
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    sigaction(SIGUSR1, &action, &before);
}

void diary_write(const char *text)
{
    struct sigaction action;
    sigaction(SIGUSR1, NULL, &action);
    signal(SIGUSR1, SIG_IGN);
    for (; *text; text++)
        ink(*text);
    ink('\n');
    sigaction(SIGUSR1, &action, NULL);
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
}
