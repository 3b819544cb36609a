// Also right: the handler writes the line itself if nobody is writing. If somebody is, that one sees to it
// afterwards; so there is a line at once whenever that can be.

#include "diary.h"

#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened
static volatile sig_atomic_t heard, writing;
static void write_down_horns(void);

// Only remembers. Whatever the thread is doing now, this is in nobody's way.
static void hear(int horn)
{
    (void)horn;
    heard = 1;
    if (!writing)
        write_down_horns();
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
    while (heard) {
        writing = 1;
        heard = 0;
        write_line("A horn.");
        writing = 0;
    }
}

void diary_write(const char *text)
{
    write_down_horns();
    writing = 1;
    write_line(text);
    writing = 0;
    write_down_horns();
}

void diary_close(void)
{
    sigaction(SIGUSR1, &before, NULL);
    write_down_horns();
}
