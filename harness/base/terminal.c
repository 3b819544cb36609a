#define _GNU_SOURCE
#include "terminal.h"

#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <talloc.h>
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

size_t terminal_width(void)
{
    enum { LEAST = 40 }; // less makes pieces of texts
    struct winsize size = {0};
    if (unpainted || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
        size.ws_col > TEXT_WIDTH)
        return TEXT_WIDTH;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

// There is no way to ask a terminal; those that take links (OSC 8) and say who they are.
static bool makes_links(void)
{
    static const char *const signs[] = {"KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION",
                                        "WEZTERM_PANE", "DOMTERM"};
    static const char *const programs[] = {"iTerm.app", "vscode", "WezTerm", "ghostty", "Hyper"};
    const char *vte = getenv("VTE_VERSION"), *program = getenv("TERM_PROGRAM");
    if (!paint(PAINT_OFF)[0] || getenv("TMUX"))
        return false;
    if (vte && atoi(vte) >= 5000)
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (getenv(signs[i]))
            return true;
    for (size_t i = 0; program && i < sizeof programs / sizeof programs[0]; i++)
        if (strcmp(program, programs[i]) == 0)
            return true;
    return false;
}

// As a link has it: what is no plain letter is written as %20.
static char *link_path(const void *context, const char *path)
{
    char *quoted = talloc_strdup(context, "");
    for (; *path; path++)
        quoted = isalnum((unsigned char)*path) || strchr("/-._~", *path)
                     ? talloc_strndup_append_buffer(quoted, path, 1)
                     : talloc_asprintf_append_buffer(quoted, "%%%02X", (unsigned char)*path);
    return quoted;
}

char *terminal_link(const void *context, const char *path, const char *text)
{
    char host[256] = "";
    if (!makes_links())
        return talloc_strdup(context, text);
    gethostname(host, sizeof host - 1);
    char *quoted = link_path(NULL, path);
    char *link =
        talloc_asprintf(context, "\033]8;;file://%s%s\033\\%s\033]8;;\033\\", host, quoted, text);
    talloc_free(quoted);
    return link;
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
