// Also right: a pipe for each reporter. Nothing can get between; the newspaper looks where
// something has come.

#include "wire.h"

#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct line {
    int ends[2];
    size_t length; // of what has come of the next report
    char text[REPORT_MOST + 1];
};

struct wire {
    int reporters;
    bool receiving;
    struct line lines[];
};

struct wire *wire_open(int reporters)
{
    struct wire *wire = calloc(1, sizeof *wire + (size_t)reporters * sizeof(struct line));
    if (!wire)
        return NULL;
    wire->reporters = reporters;
    for (int i = 0; i < reporters; i++)
        if (pipe(wire->lines[i].ends) != 0)
            abort();
    return wire;
}

void wire_close(struct wire *wire)
{
    for (int i = 0; i < wire->reporters; i++) {
        close(wire->lines[i].ends[0]);
        if (!wire->receiving)
            close(wire->lines[i].ends[1]);
    }
    free(wire);
}

void wire_send(struct wire *wire, int reporter, const char *report, size_t length)
{
    int end = wire->lines[reporter].ends[1];
    if (write(end, report, length) < 0 || write(end, "\n", 1) < 0)
        abort();
}

// Takes in a little of one report, byte by byte at its end. Returns whether it is complete; `*over`
// at the pipe's end.
static bool take_in(struct line *line, bool *over)
{
    size_t room = sizeof line->text - line->length;
    ssize_t got = read(line->ends[0], line->text + line->length, room < 512 ? room : 512);
    char *from = line->text + line->length;
    *over = got <= 0;
    if (*over)
        return false;
    line->length += (size_t)got;
    return memchr(from, '\n', (size_t)got) != NULL;
}

// Hands out the report at the front of the line, and keeps what came behind it.
static size_t hand_out(struct line *line, char *report)
{
    char *end = memchr(line->text, '\n', line->length);
    size_t length = (size_t)(end - line->text);
    memcpy(report, line->text, length);
    line->length -= length + 1;
    memmove(line->text, end + 1, line->length);
    return length;
}

size_t wire_receive(struct wire *wire, char *report)
{
    for (int i = 0; i < wire->reporters && !wire->receiving; i++)
        close(wire->lines[i].ends[1]);
    wire->receiving = true;
    struct pollfd polled[wire->reporters];
    for (int i = 0; i < wire->reporters; i++)
        polled[i] = (struct pollfd){.fd = wire->lines[i].ends[0], .events = POLLIN};
    for (int open = wire->reporters; open > 0;) {
        poll(polled, (nfds_t)wire->reporters, -1);
        for (int i = 0; i < wire->reporters; i++) {
            bool over = false;
            if (polled[i].revents && take_in(&wire->lines[i], &over))
                return hand_out(&wire->lines[i], report);
            if (over) {
                polled[i].fd = -1;
                open--;
            }
        }
    }
    return 0;
}
