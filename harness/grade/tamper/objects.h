// What an object file defines and uses. Knows ELF; nothing of C or of rules.
#pragma once

#include "base/problem.h"

#include <stddef.h>
#include <stdint.h>

struct symbol {
    const char *name;
    bool defined;        // here; else somebody else must
    bool exported;       // seen by other files
    bool code;           // or data; else neither (a section, a file name)
    bool weak, indirect; // replaceable by others; resolved by a function when the program starts
    size_t section;
    uint64_t value, size;
};

struct section {
    const char *name;
    uint64_t size; // bytes
};

struct object {
    struct section *sections;
    size_t section_count;
    struct symbol *symbols;
    size_t count;
};

// Reads the object file in `size` bytes at `bytes`; trusts nothing in it. A talloc child of
// `context` that owns all it points to; NULL with `problem` filled if it is not an object file.
struct object *object_read(const void *context, const char *bytes, size_t size,
                           struct problem *problem);
