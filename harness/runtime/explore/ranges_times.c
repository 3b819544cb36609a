// What functions of <time.h> do to the program's own memory. What they keep for all threads is
// libc_shared.c's.

#define _GNU_SOURCE
#include "ranges.h"

#include <string.h>
#include <time.h>

enum { DATE_BYTES = 26 }; // "Thu Jan  1 00:00:00 1970\n"

// A point in time, taken apart.
#define TAKES_APART(name)                                                                          \
    __typeof__(name) __wrap_##name;                                                                \
    struct tm *__wrap_##name(const time_t *restrict time, struct tm *restrict parts)               \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_read(time, sizeof *time, pc);                                                        \
        range_write(parts, sizeof *parts, pc);                                                     \
        return name(time, parts);                                                                  \
    }

TAKES_APART(gmtime_r)
TAKES_APART(localtime_r)

// Put together again; the parts are brought into their ranges.
#define PUTS_TOGETHER(name)                                                                        \
    __typeof__(name) __wrap_##name;                                                                \
    time_t __wrap_##name(struct tm *parts)                                                         \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_read(parts, sizeof *parts, pc);                                                      \
        range_write(parts, sizeof *parts, pc);                                                     \
        return name(parts);                                                                        \
    }

PUTS_TOGETHER(mktime)
PUTS_TOGETHER(timegm)

__typeof__(asctime_r) __wrap_asctime_r;
char *__wrap_asctime_r(const struct tm *restrict parts, char *restrict text)
{
    uintptr_t pc = called_from();
    range_read(parts, sizeof *parts, pc);
    range_write(text, DATE_BYTES, pc);
    return asctime_r(parts, text);
}

__typeof__(ctime_r) __wrap_ctime_r;
char *__wrap_ctime_r(const time_t *restrict time, char *restrict text)
{
    uintptr_t pc = called_from();
    range_read(time, sizeof *time, pc);
    range_write(text, DATE_BYTES, pc);
    return ctime_r(time, text);
}

__typeof__(strftime) __wrap_strftime;
size_t __wrap_strftime(char *restrict text, size_t size, const char *restrict format,
                       const struct tm *restrict parts)
{
    uintptr_t pc = called_from();
    range_read_string(format, pc);
    range_read(parts, sizeof *parts, pc);
    if (parts->tm_zone && strchr(format, 'Z')) // "%Z", or with a flag and a width
        range_read_string(parts->tm_zone, pc);
    size_t length = strftime(text, size, format, parts);
    if (length > 0)
        range_write(text, length + 1, pc);
    return length;
}
