// Still wrong: blocks the horn while a line is written, and leaves it blocked when the diary is closed:
// nobody in this house hears horns any more.
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

static void block(int how)
{
    sigset_t horn;
    sigemptyset(&horn);
    sigaddset(&horn, SIGUSR1);
    sigprocmask(how, &horn, NULL);
}

void diary_write(const char *text)
{
    block(SIG_BLOCK);
    for (; *text; text++)
        ink(*text);
    ink('\n');
    block(SIG_UNBLOCK);
}

void diary_close(void)
{
    block(SIG_BLOCK);
    sigaction(SIGUSR1, &before, NULL);
}
