// See formats.h. Called by ranges_printed.c. Arguments with numbers ("%1$s") are not understood.

#include "formats.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A number, or a star, which leaves `*number` negative. Whether there is one.
static bool read_number(const char **at, struct conversion *conversion, long *number)
{
    char *end;
    *number = -1;
    if (**at == '*') {
        (*at)++;
        conversion->stars++;
        return true;
    }
    if (**at < '0' || **at > '9')
        return false;
    *number = strtol(*at, &end, 10);
    *at = end;
    return true;
}

// hh, h, l, ll, L, q, j, z, t.
static void read_length(const char **at, struct conversion *conversion)
{
    static const struct {
        const char *name;
        size_t bytes;
    } lengths[] = {{"hh", sizeof(char)},       {"h", sizeof(short)},  {"ll", sizeof(long long)},
                   {"l", sizeof(long)},        {"q", sizeof(long)},   {"j", sizeof(intmax_t)},
                   {"L", sizeof(long double)}, {"z", sizeof(size_t)}, {"t", sizeof(ptrdiff_t)}};
    conversion->bytes = sizeof(int);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t length = strlen(lengths[i].name);
        if (strncmp(*at, lengths[i].name, length) == 0) {
            conversion->bytes = lengths[i].bytes;
            conversion->long_letters = strcmp(lengths[i].name, "l") == 0;
            *at += length;
            return;
        }
    }
}

// scanf's "[...]", whose first "]" may be one of the characters.
static const char *behind_set(const char *at)
{
    at += *at == '^';
    at += *at == ']';
    const char *end = strchr(at, ']');
    return end != NULL ? end + 1 : at + strlen(at);
}

// Flags, width and precision.
static void read_printed(const char **at, struct conversion *conversion)
{
    long width;
    *at += strspn(*at, "-+ #0'I");
    read_number(at, conversion, &width);
    if (**at != '.')
        return;
    (*at)++;
    conversion->limited = true;
    if (!read_number(at, conversion, &conversion->limit))
        conversion->limit = 0;
}

// What stands between scanf's "%" and the length.
static void read_scanned(const char **at, struct conversion *conversion)
{
    conversion->skipped = **at == '*';
    *at += conversion->skipped;
    conversion->limited =
        **at >= '0' && **at <= '9' && read_number(at, conversion, &conversion->limit);
    conversion->allocated = **at == 'm';
    *at += conversion->allocated;
}

static struct conversion read_conversion(const char **at, bool scan)
{
    struct conversion conversion = {0};
    if (scan)
        read_scanned(at, &conversion);
    else
        read_printed(at, &conversion);
    read_length(at, &conversion);
    conversion.letter = **at;
    *at += **at != '\0';
    if (scan && conversion.letter == '[')
        *at = behind_set(*at);
    return conversion;
}

struct conversion conversion_next(const char **at, bool scan)
{
    while ((*at = strchr(*at, '%')) != NULL) {
        (*at)++;
        if (**at != '%')
            return read_conversion(at, scan);
        (*at)++;
    }
    return (struct conversion){0};
}
