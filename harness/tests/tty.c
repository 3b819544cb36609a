// See tty.h.
#define _GNU_SOURCE
#include "tty.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct tty tty_begin(unsigned short columns)
{
    const struct winsize size = {.ws_row = 24, .ws_col = columns};
    fflush(stdout);
    struct tty tty = {posix_openpt(O_RDWR | O_NOCTTY), dup(STDOUT_FILENO)};
    assert_true(tty.master >= 0 && grantpt(tty.master) == 0 && unlockpt(tty.master) == 0);
    int terminal = open(ptsname(tty.master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0 && ioctl(terminal, TIOCSWINSZ, &size) == 0);
    dup2(terminal, STDOUT_FILENO);
    close(terminal);
    return tty;
}

void tty_end(struct tty tty)
{
    dup2(tty.output, STDOUT_FILENO);
    close(tty.output);
    close(tty.master);
}

void assert_fits(const char *text, unsigned short columns)
{
    static const char command[] = "      racelings ";
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool copied = strncmp(text, command, strlen(command)) == 0;
        if (utf8_count(text, length) > columns && !copied)
            fail_msg("too wide for %d columns: %.*s", columns, (int)length, text);
        text += length + (text[length] == '\n');
    }
}
