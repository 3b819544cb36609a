#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool unpainted;

void paint_nothing(void)
{
    unpainted = true;
}

const char *paint(enum paint paint)
{
    static const char *const codes[] = {
        [PAINT_GOOD] = "\033[32m", [PAINT_BAD] = "\033[31m",   [PAINT_ODD] = "\033[33m",
        [PAINT_FAINT] = "\033[2m", [PAINT_STRONG] = "\033[1m", [PAINT_OFF] = "\033[0m",
    };
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool wanted = !unpainted && isatty(STDOUT_FILENO) && !(no_color && no_color[0]) &&
                  !(term && strcmp(term, "dumb") == 0);
    return wanted ? codes[paint] : "";
}

static bool shown;

void progress_show(size_t done, size_t total, const char *what)
{
    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[K[%zu/%zu] %.60s", done, total, what);
    fflush(stderr);
    shown = true;
}

void progress_clear(void)
{
    if (shown)
        fputs("\r\033[K", stderr);
    shown = false;
}
