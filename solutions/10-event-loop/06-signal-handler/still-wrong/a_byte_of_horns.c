// Still wrong: counts in a byte how many horns were heard. In thick fog there are 256, and then none.
// Caught by: explore, native

#include "diary.h"

#include <signal.h>
#include <stddef.h>

static struct sigaction before; // what a horn did before the diary was opened
static volatile unsigned char heard;

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
    while (heard) {
        heard = 0;
        write_line("A horn.");
    }
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
