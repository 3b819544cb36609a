// See keyboard.h.

#define _GNU_SOURCE
#include "keyboard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static volatile sig_atomic_t taken, resumed;
static struct winsize last_size;

static bool is_capable(void)
{
    const char *term = getenv("TERM");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && term[0] &&
           strcmp(term, "dumb") != 0;
}

// Only calls that a signal handler may make.
static void write_all(const char *text)
{
    ssize_t ignored = write(STDOUT_FILENO, text, strlen(text));
    (void)ignored;
}

// Ctrl-C and Ctrl-Z still send their signals: both give the terminal back first.
static void take(void)
{
    struct termios raw = saved;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    write_all("\033[?1049h\033[?25l"); // the other screen; no cursor
    taken = 1;
}

void keyboard_close(void)
{
    if (!taken)
        return;
    taken = 0;
    write_all("\033[?25h\033[?1049l");
    tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
}

static void stopped(int number)
{
    int error = errno;
    (void)number;
    if (taken) {
        keyboard_close();
        raise(SIGSTOP);
        take();
        resumed = 1;
    } else
        raise(SIGSTOP);
    errno = error;
}

bool keyboard_open(void)
{
    const struct sigaction action = {.sa_handler = stopped};
    if (!is_capable() || tcgetattr(STDIN_FILENO, &saved) != 0)
        return false;
    sigaction(SIGTSTP, &action, NULL);
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &last_size);
    take();
    return true;
}

void keyboard_room(int *columns, int *rows)
{
    struct winsize size = {0};
    *columns = 80;
    *rows = 0;
    if (!taken || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return;
    *columns = size.ws_col;
    *rows = size.ws_row;
}

static bool was_resized(void)
{
    struct winsize size = {0};
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    bool other = size.ws_col != last_size.ws_col || size.ws_row != last_size.ws_row;
    last_size = size;
    return other;
}

// What an arrow key and its like send behind an escape is not meant for us.
static void skip_sequence(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char byte;
    while (poll(&input, 1, 20) == 1 && read(STDIN_FILENO, &byte, 1) == 1)
        if ((byte >= 'A' && byte <= 'Z' && byte != 'O') || byte == '~')
            return;
}

static int terminal_key(void)
{
    enum { LOOK_AGAIN = 250 }; // ms: whether the window has another size
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    unsigned char byte;
    for (;;) {
        int ready = poll(&input, 1, LOOK_AGAIN);
        if (resumed || was_resized()) {
            resumed = 0;
            return KEY_REDRAW;
        }
        if (ready <= 0)
            continue;
        if (read(STDIN_FILENO, &byte, 1) != 1 || byte == 4) // Ctrl-D
            return KEY_END;
        if (byte != 27)
            return byte;
        skip_sequence();
    }
}

int keyboard_key(void)
{
    if (taken)
        return terminal_key();
    int key;
    do
        key = getchar();
    while (key == ' ' || key == '\t' || key == '\r' || key == '\n');
    return key == EOF ? KEY_END : key;
}
