// Still wrong: says how long the report is, and then sends it. Now even the length may belong to
// another report.
// Caught by: native

#include "wire.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct wire {
    int ends[2];
    bool receiving;
};

struct wire *wire_open(int reporters)
{
    (void)reporters;
    struct wire *wire = calloc(1, sizeof *wire);
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
    (void)reporter;
    if (write(wire->ends[1], &length, sizeof length) < 0 ||
        write(wire->ends[1], report, length) < 0)
        abort();
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
    size_t length;
    if (!wire->receiving)
        close(wire->ends[1]);
    wire->receiving = true;
    if (!read_all(wire->ends[0], &length, sizeof length))
        return 0;
    length = length < REPORT_MOST ? length : REPORT_MOST; // whatever it says
    return read_all(wire->ends[0], report, length) ? length : 0;
}
