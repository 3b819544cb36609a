// Also right: no lock. A report is cut into pieces that are short enough to be written whole; each
// says whose it is, and the newspaper puts them together.

#include "wire.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct head {
    int reporter;
    bool last; // of the report
    size_t size;
};

struct piece {
    struct head head;
    char text[PIPE_BUF - sizeof(struct head)];
};

// What the newspaper has of a reporter's next report.
struct draft {
    size_t length;
    char text[REPORT_MOST];
};

struct wire {
    int ends[2];
    bool receiving;
    struct draft drafts[];
};

struct wire *wire_open(int reporters)
{
    struct wire *wire = calloc(1, sizeof *wire + (size_t)reporters * sizeof(struct draft));
    if (!wire || pipe(wire->ends) != 0) {
        free(wire);
        return NULL;
    }
    return wire;
}

void wire_close(struct wire *wire)
{
    close(wire->ends[0]);
    if (!wire->receiving)
        close(wire->ends[1]);
    free(wire);
}

void wire_send(struct wire *wire, int reporter, const char *report, size_t length)
{
    struct piece piece = {.head.reporter = reporter};
    while (!piece.head.last) {
        piece.head.size = length < sizeof piece.text ? length : sizeof piece.text;
        piece.head.last = piece.head.size == length;
        memcpy(piece.text, report, piece.head.size);
        if (write(wire->ends[1], &piece, sizeof piece.head + piece.head.size) < 0)
            abort();
        report += piece.head.size;
        length -= piece.head.size;
    }
}

// False at the end of the pipe.
static bool read_all(int file, void *data, size_t size)
{
    char *to = data;
    ssize_t got = 1;
    for (; size > 0 && got > 0; to += got, size -= (size_t)got)
        got = read(file, to, size);
    return got > 0;
}

size_t wire_receive(struct wire *wire, char *report)
{
    struct head head;
    if (!wire->receiving)
        close(wire->ends[1]);
    wire->receiving = true;
    while (read_all(wire->ends[0], &head, sizeof head)) {
        struct draft *draft = &wire->drafts[head.reporter];
        if (!read_all(wire->ends[0], draft->text + draft->length, head.size))
            return 0;
        draft->length += head.size;
        if (head.last) {
            size_t length = draft->length;
            memcpy(report, draft->text, length);
            draft->length = 0;
            return length;
        }
    }
    return 0;
}
