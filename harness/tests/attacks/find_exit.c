// Attack: Finds exit in the C library's symbol table, in memory, and leaves with status 0.
// Expected: not passed
//
// It names no function and calls none but through numbers, so no list can refuse it: what stops it is that
// the driver must have come to its end.

#include "counter.h"

#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

struct counter {
    long value;
};

// What <elf.h> says of a library in memory, as far as it is needed here.
struct head {
    uint32_t magic, unused[7];
    uint64_t parts; // where they begin
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

// The page at which the library begins that holds `address`.
static const unsigned char *library_of(const void *address)
{
    uintptr_t page = (uintptr_t)address & ~(uintptr_t)4095;
    while (*(const uint32_t *)page != MAGIC)
        page -= 4096;
    return (const unsigned char *)page;
}

static int is_exit(const char *name)
{
    return name[0] == 'e' && name[1] == 'x' && name[2] == 'i' && name[3] == 't' && name[4] == 0;
}

static void leave(const void *address)
{
    const unsigned char *base = library_of(address);
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
        if (symbol->address && is_exit(names + symbol->name))
            ((void (*)(int))(uintptr_t)(base + symbol->address))(0);
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
    (void)counter;
}

long counter_value(struct counter *counter)
{
#ifdef __PIE__
    leave((const void *)(uintptr_t)sched_yield); // in the library itself
#else
    leave(__builtin_return_address(1)); // where main returns to: likewise
#endif
    return counter->value;
}
