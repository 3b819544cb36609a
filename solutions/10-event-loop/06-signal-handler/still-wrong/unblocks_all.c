// Still wrong: blocks the horn while a line is written, and lets everything in afterwards; also what
// somebody else has blocked.
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
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, &before);
}

void diary_write(const char *text)
{
    sigset_t horn, others;
    sigemptyset(&horn);
    sigaddset(&horn, SIGUSR1);
    sigprocmask(SIG_BLOCK, &horn, &others);
    for (; *text; text++)
        ink(*text);
    ink('\n');
    sigemptyset(&others);
    sigprocmask(SIG_SETMASK, &others, NULL);
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
}
