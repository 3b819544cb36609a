// Still wrong: a lock in ordinary memory. Each reporter has a copy, and never waits for anybody.
// Caught by: native

#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct wire {
    pthread_mutex_t turn;
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
    pthread_mutex_init(&wire->turn, NULL);
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
    pthread_mutex_destroy(&wire->turn);
    free(wire);
}

void wire_send(struct wire *wire, int reporter, const char *report, size_t length)
{
    (void)reporter;
    char line[REPORT_MOST + 1];
    memcpy(line, report, length);
    line[length] = '\n';
    pthread_mutex_lock(&wire->turn);
    if (write(wire->ends[1], line, length + 1) < 0)
        abort();
    pthread_mutex_unlock(&wire->turn);
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
