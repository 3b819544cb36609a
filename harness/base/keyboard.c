// See keyboard.h.

#define _GNU_SOURCE
#include "keyboard.h"

#include "interrupt.h"
#include "text.h"

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
static bool ended; // there is no more input

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
    *columns = TEXT_WIDTH;
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

// The sequences that keys send behind an escape, and that are known here: arrows send one of two,
// by the terminal's mode.
static const struct {
    const char *sequence;
    int key;
} moving_keys[] = {
    {"[A", KEY_UP},   {"OA", KEY_UP},       {"[B", KEY_DOWN},
    {"OB", KEY_DOWN}, {"[5~", KEY_PAGE_UP}, {"[6~", KEY_PAGE_DOWN},
};

// Reads what a key sends behind an escape; KEY_NONE if it is none that is known.
static int read_sequence(void)
{
    enum { LONGEST = 16, PATIENCE = 20 }; // ms
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char sequence[LONGEST + 1] = "";
    bool ended_here = false;
    for (size_t i = 0; i < LONGEST && !ended_here && poll(&input, 1, PATIENCE) == 1; i++) {
        char *byte = &sequence[i];
        if (read(STDIN_FILENO, byte, 1) != 1)
            break;
        ended_here = (*byte >= 'A' && *byte <= 'Z' && (i > 0 || *byte != 'O')) || *byte == '~';
    }
    for (size_t i = 0; i < sizeof moving_keys / sizeof *moving_keys; i++)
        if (strcmp(sequence, moving_keys[i].sequence) == 0)
            return moving_keys[i].key;
    return KEY_NONE;
}

enum { DESCRIPTORS_MOST = 8 };

// What there was to wait for: nothing came in time, a key, one of the caller's descriptors, the
// end.
enum arrival { ARRIVED_NOTHING, ARRIVED_KEY, ARRIVED_OTHER, ARRIVED_INTERRUPT };

static enum arrival await(const int *descriptors, size_t count, int milliseconds)
{
    struct pollfd sources[2 + DESCRIPTORS_MOST] = {
        {.fd = ended ? -1 : STDIN_FILENO, .events = POLLIN},
        {.fd = interrupt_descriptor(), .events = POLLIN}};
    if (count > DESCRIPTORS_MOST)
        count = DESCRIPTORS_MOST;
    for (size_t i = 0; i < count; i++)
        sources[2 + i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
    if (poll(sources, (nfds_t)count + 2, milliseconds) <= 0)
        return ARRIVED_NOTHING;
    if (sources[1].revents)
        return ARRIVED_INTERRUPT;
    return sources[0].revents ? ARRIVED_KEY : ARRIVED_OTHER;
}

// A byte of standard input; -1 at its end. No buffer of our own: others read from it, too.
static int next_byte(void)
{
    unsigned char byte;
    ssize_t size;
    do
        size = read(STDIN_FILENO, &byte, 1);
    while (size < 0 && errno == EINTR);
    ended = size != 1;
    return ended ? -1 : byte;
}

static int terminal_key(const int *descriptors, size_t count, int milliseconds)
{
    enum { LOOK_AGAIN = 250 }; // ms: whether the window has another size
    for (;;) {
        bool last = milliseconds >= 0 && milliseconds <= LOOK_AGAIN;
        enum arrival arrival = await(descriptors, count, last ? milliseconds : LOOK_AGAIN);
        if (arrival == ARRIVED_INTERRUPT)
            return KEY_INTERRUPT;
        if (resumed) {
            resumed = 0;
            return KEY_RESUMED;
        }
        if (was_resized())
            return KEY_REDRAW;
        if (arrival == ARRIVED_OTHER || (arrival == ARRIVED_NOTHING && last))
            return KEY_NONE;
        milliseconds -= milliseconds > 0 ? LOOK_AGAIN : 0;
        if (arrival == ARRIVED_NOTHING)
            continue;
        int byte = next_byte();
        if (byte < 0 || byte == 4) // Ctrl-D
            return KEY_END;
        if (byte != 27)
            return byte;
        int key = read_sequence();
        if (key != KEY_NONE)
            return key;
    }
}

static bool is_blank(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

// A key of plain lines: their ends are none, but that of an empty line.
static int line_key(const int *descriptors, size_t count, int milliseconds)
{
    static bool empty = true; // the line so far
    for (;;) {
        enum arrival arrival = await(descriptors, count, milliseconds);
        if (arrival != ARRIVED_KEY)
            return arrival == ARRIVED_INTERRUPT ? KEY_INTERRUPT : KEY_NONE;
        int byte = next_byte();
        if (byte < 0)
            return KEY_END;
        bool was_empty = empty;
        empty = byte == '\n' || (empty && is_blank(byte));
        if (byte == '\n' ? was_empty : !is_blank(byte))
            return byte;
    }
}

int keyboard_wait(const int *descriptors, size_t count, int milliseconds)
{
    return taken ? terminal_key(descriptors, count, milliseconds)
                 : line_key(descriptors, count, milliseconds);
}

int keyboard_key(void)
{
    int key;
    if (ended)
        return KEY_END;
    do
        key = keyboard_wait(NULL, 0, -1);
    while (key <= KEY_UP || key == KEY_NONE || (!taken && key == '\n'));
    return key;
}
