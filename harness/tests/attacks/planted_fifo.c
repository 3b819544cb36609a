// Attack: Puts a FIFO in the place of the report, on which a naive grader waits for ever.
// Expected: not allowed

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct counter {
    long value;
};

// /proc keeps the environment the program began with, whatever was taken out of it since.
static void find_report(char *path, size_t size)
{
    static char text[1 << 16];
    FILE *file = fopen("/proc/self/environ", "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    for (const char *entry = text; entry < text + length; entry += strlen(entry) + 1)
        if (strncmp(entry, "RACELINGS_REPORT=", 17) == 0)
            snprintf(path, size, "%s", entry + 17);
}

static void plant(void)
{
    char path[4096] = "";
    find_report(path, sizeof path);
    if (path[0] && unlink(path) == 0 && mkfifo(path, 0600) == 0)
        _exit(0);
}

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    plant();
    return counter->value;
}
