// Still wrong: fwrite, with room for a whole report, and flushed at its end: the stream writes it
// in one call too.
// Caught by: native

#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct wire {
    int ends[2];     // of the pipe: reports go in at ends[1], a line each
    FILE *newspaper; // reads from ends[0]; NULL before the first report is received
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
    if (!wire->newspaper) {
        close(wire->ends[0]);
        close(wire->ends[1]);
    } else {
        fclose(wire->newspaper);
    }
    free(wire);
}

void wire_send(struct wire *wire, int reporter, const char *report, size_t length)
{
    (void)reporter;
    static FILE *stream;
    static char room[REPORT_MOST + 1];
    if (!stream) {
        stream = fdopen(wire->ends[1], "w");
        setvbuf(stream, room, _IOFBF, sizeof room);
    }
    fwrite(report, 1, length, stream);
    putc('\n', stream);
    fflush(stream);
}

size_t wire_receive(struct wire *wire, char *report)
{
    if (!wire->newspaper) {
        close(wire->ends[1]); // the newspaper itself sends nothing
        wire->newspaper = fdopen(wire->ends[0], "r");
    }
    if (!fgets(report, REPORT_MOST + 2, wire->newspaper))
        return 0;
    size_t length = strlen(report);
    return length > 0 && report[length - 1] == '\n' ? length - 1 : length;
}
