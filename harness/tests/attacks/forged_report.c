// Attack: Writes the report of a clean run itself, over the true one, and leaves.
// Expected: not allowed

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void forge(void)
{
    char path[4096] = "";
    find_report(path, sizeof path);
    FILE *report = path[0] ? fopen(path, "w") : NULL;
    if (report) {
        fprintf(report, "begin 1 %d\nend %d\n", (int)getpid(), (int)getpid());
        fclose(report);
    }
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
    forge();
    return counter->value;
}
