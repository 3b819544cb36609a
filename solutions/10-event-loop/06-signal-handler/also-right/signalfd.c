// Also right: no handler at all. The horn stays blocked, and a descriptor tells of it, which a loop can
// wait for like for any other one.

#include "diary.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

static sigset_t before; // what was blocked before the diary was opened
static int horns;

void diary_open(void)
{
    sigset_t horn;
    sigemptyset(&horn);
    sigaddset(&horn, SIGUSR1);
    sigprocmask(SIG_BLOCK, &horn, &before);
    horns = signalfd(-1, &horn, SFD_NONBLOCK);
    if (horns < 0)
        abort();
}

static bool was_heard(void)
{
    struct signalfd_siginfo horn;
    return read(horns, &horn, sizeof horn) == sizeof horn;
}

static void write_line(const char *text)
{
    for (; *text; text++)
        ink(*text);
    ink('\n');
}

// Forgets before it writes: a horn that is heard during this very line is remembered anew.
static void write_down_horns(void)
{
    while (was_heard())
        write_line("A horn.");
}

void diary_write(const char *text)
{
    write_down_horns();
    write_line(text);
    write_down_horns();
}

void diary_close(void)
{
    write_down_horns();
    close(horns);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
