// Still wrong: counts the horns, writes a line for each, and sets the count to 0 then. Those that were heard
// meanwhile are struck out with the others.
// Caught by: explore, native

// Also right: counts, in an atomic that is lock-free, so that a handler may use it; each horn has a line
// of its own.

#include "diary.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened
static atomic_int heard;        // and not written down

// Only remembers. Whatever the thread is doing now, this is in nobody's way.
static void hear(int horn)
{
    (void)horn;
    heard++;
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    heard = 0;
    sigaction(SIGUSR1, &action, &before);
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
    for (int left = heard; left > 0; left--)
        write_line("A horn.");
    heard = 0;
}

void diary_write(const char *text)
{
    write_down_horns();
    write_line(text);
    write_down_horns();
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
    write_down_horns();
}
