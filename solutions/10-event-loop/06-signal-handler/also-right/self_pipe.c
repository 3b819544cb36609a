// Also right: the handler writes a byte into a pipe, which it may (write is async-signal-safe). A loop
// that sleeps in poll wakes up from that; here the pipe is looked into after each line.

#include "diary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static struct sigaction before; // what a horn did before the diary was opened
static int horns[2];            // a pipe, with a byte for each; a full one holds enough

// Changes errno for nobody: whoever is interrupted may be about to look at it.
static void hear(int horn)
{
    int before_it = errno;
    char byte = (char)horn;
    if (write(horns[1], &byte, 1) != 1)
        errno = before_it; // it is full: there are horns in it
    errno = before_it;
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    if (pipe(horns) != 0)
        abort();
    for (int i = 0; i < 2; i++)
        fcntl(horns[i], F_SETFL, O_NONBLOCK);
    sigaction(SIGUSR1, &action, &before);
}

static bool was_heard(void)
{
    char bytes[100];
    return read(horns[0], bytes, sizeof bytes) > 0;
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
    sigaction(SIGUSR1, &before, NULL);
    write_down_horns();
    close(horns[0]);
    close(horns[1]);
}
