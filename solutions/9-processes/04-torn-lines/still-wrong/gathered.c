// Still wrong: writev gathers the pieces into one call. One call is not one step.
// Caught by: native

#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
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
    struct iovec pieces[] = {{.iov_base = (char *)report, .iov_len = length},
                             {.iov_base = "\n", .iov_len = 1}};
    if (writev(wire->ends[1], pieces, 2) < 0)
        abort();
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
