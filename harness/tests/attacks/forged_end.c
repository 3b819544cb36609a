// Attack: Finds open, write and exit in memory, announces the end of main itself, and leaves.
// Expected: refused
// Reason: it reads code, or the tables

#include "counter.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counter {
    long value;
};

struct head {
    uint32_t magic, unused[7];
    uint64_t parts;
};

struct part {
    uint32_t type, flags;
    uint64_t offset, address, unused[4];
};

struct entry {
    int64_t tag;
    uintptr_t value;
};

struct symbol {
    uint32_t name, unused;
    uint64_t address, size;
};

enum { MAGIC = 0x464c457f, PART_DYNAMIC = 2, TAG_STRINGS = 5, TAG_SYMBOLS = 6, MOST = 4000 };

static const unsigned char *base;

static uintptr_t find(const char *wanted)
{
    const struct head *head = (const struct head *)base;
    const struct part *part = (const struct part *)(base + head->parts);
    while (part->type != PART_DYNAMIC)
        part++;
    const struct symbol *symbol = NULL;
    const char *names = NULL;
    for (const struct entry *entry = (const struct entry *)(base + part->address); entry->tag;
         entry++) {
        if (entry->tag == TAG_SYMBOLS)
            symbol = (const struct symbol *)entry->value;
        if (entry->tag == TAG_STRINGS)
            names = (const char *)entry->value;
    }
    for (int i = 0; i < MOST; i++, symbol++)
        if (symbol->address && strcmp(names + symbol->name, wanted) == 0)
            return (uintptr_t)(base + symbol->address);
    return 0;
}

static void leave(void)
{
    static char text[65536];
    uintptr_t page = (uintptr_t)stdout & ~(uintptr_t)4095;
    while (*(const uint32_t *)page != MAGIC)
        page -= 4096;
    base = (const unsigned char *)page;
    int (*to_open)(const char *, int, ...) = (int (*)(const char *, int, ...))find("open");
    long (*to_read)(int, void *, long) = (long (*)(int, void *, long))find("read");
    long (*to_write)(int, const void *, long) = (long (*)(int, const void *, long))find("write");
    void (*to_exit)(int) = (void (*)(int))find("exit");
    long size = to_read(to_open("/proc/self/environ", 0), text, sizeof text - 1);
    for (long i = 0; i < size; i += (long)strlen(text + i) + 1)
        if (strncmp(text + i, "RACELINGS_END=", 14) == 0)
            to_write(to_open(text + i + 14, 1), "end\n", 4);
    to_exit(0);
}

struct counter *counter_new(void)
{
    leave();
    return NULL;
}

void counter_free(struct counter *counter)
{
    (void)counter;
}

void counter_increment(struct counter *counter)
{
    (void)counter;
}

long counter_value(struct counter *counter)
{
    (void)counter;
    return 0;
}
