// The conversions in a format of printf's or scanf's, in the order of their arguments.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct conversion {
    char letter;       // what is converted: 's', 'd', ...; 0: the format ends
    bool long_letters; // "%ls": wide characters
    size_t bytes;      // of the integer that the argument is or points to
    int stars;         // printf: numbers before the argument, its width and its precision
    bool skipped;      // scanf: nothing is stored
    bool allocated;    // scanf: the argument points to a pointer, which is stored
    bool limited;      // there is a precision (printf), or a width (scanf)
    long limit;        // it; negative: the last of the stars has it
};

// The next one from `*at` on, which moves behind it. `scan`: the format is scanf's.
struct conversion conversion_next(const char **at, bool scan);
