// Also right: the horn is blocked as long as the diary is open. After each line the keeper asks whether
// one is pending, and lets it in for a moment.

#include "diary.h"

#include <signal.h>
#include <stddef.h>

static sigset_t horn_only;
static struct sigaction before; // what a horn did before the diary was opened

static volatile sig_atomic_t heard;

static void hear(int horn)
{
    (void)horn;
    heard = 1;
}

void diary_open(void)
{
    struct sigaction action = {.sa_handler = hear};
    sigemptyset(&horn_only);
    sigaddset(&horn_only, SIGUSR1);
    sigprocmask(SIG_BLOCK, &horn_only, NULL);
    sigaction(SIGUSR1, &action, &before);
}

static void write_line(const char *text)
{
    for (; *text; text++)
        ink(*text);
    ink('\n');
}

static void write_down_horns(void)
{
    do {
        heard = 0;
        sigprocmask(SIG_UNBLOCK, &horn_only, NULL);
        sigprocmask(SIG_BLOCK, &horn_only, NULL);
        if (heard)
            write_line("A horn.");
    } while (heard);
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
    sigaction(SIGUSR1, &before, NULL);
    sigprocmask(SIG_UNBLOCK, &horn_only, NULL);
}
