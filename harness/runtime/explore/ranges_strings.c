// The functions of <string.h> and <stdio.h> on strings. What they read of a string they read again
// once they may run: another thread may have changed it at the point.

#define _GNU_SOURCE
#include "ranges.h"
#include "streams.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__typeof__(strlen) __wrap_strlen;
size_t __wrap_strlen(const char *string)
{
    range_read_string(string, called_from());
    return strlen(string);
}

__typeof__(strnlen) __wrap_strnlen;
size_t __wrap_strnlen(const char *string, size_t most)
{
    range_read_string_within(string, most, called_from());
    return strnlen(string, most);
}

// ---- Comparing and searching: all of both strings counts as read ----

__typeof__(strcmp) __wrap_strcmp;
int __wrap_strcmp(const char *first, const char *second)
{
    uintptr_t pc = called_from();
    range_read_string(first, pc);
    range_read_string(second, pc);
    return strcmp(first, second);
}

__typeof__(strncmp) __wrap_strncmp;
int __wrap_strncmp(const char *first, const char *second, size_t most)
{
    uintptr_t pc = called_from();
    range_read_string_within(first, most, pc);
    range_read_string_within(second, most, pc);
    return strncmp(first, second, most);
}

char *__wrap_strchr(const char *string, int character);
char *__wrap_strchr(const char *string, int character)
{
    range_read_string(string, called_from());
    return strchr(string, character);
}

char *__wrap_strrchr(const char *string, int character);
char *__wrap_strrchr(const char *string, int character)
{
    range_read_string(string, called_from());
    return strrchr(string, character);
}

char *__wrap_strstr(const char *string, const char *part);
char *__wrap_strstr(const char *string, const char *part)
{
    uintptr_t pc = called_from();
    range_read_string(string, pc);
    range_read_string(part, pc);
    return strstr(string, part);
}

// ---- Copying ----

__typeof__(strcpy) __wrap_strcpy;
char *__wrap_strcpy(char *restrict to, const char *restrict from)
{
    uintptr_t pc = called_from();
    range_read_string(from, pc);
    range_write(to, strlen(from) + 1, pc);
    return strcpy(to, from);
}

__typeof__(stpcpy) __wrap_stpcpy;
char *__wrap_stpcpy(char *restrict to, const char *restrict from)
{
    uintptr_t pc = called_from();
    range_read_string(from, pc);
    range_write(to, strlen(from) + 1, pc);
    return stpcpy(to, from);
}

// Fills up with zeros: it always writes `size` bytes.
__typeof__(strncpy) __wrap_strncpy;
char *__wrap_strncpy(char *restrict to, const char *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    range_read_string_within(from, size, pc);
    range_write(to, size, pc);
    return strncpy(to, from, size);
}

__typeof__(strcat) __wrap_strcat;
char *__wrap_strcat(char *restrict to, const char *restrict from)
{
    uintptr_t pc = called_from();
    range_read_string(to, pc);
    range_read_string(from, pc);
    range_write(to + strlen(to), strlen(from) + 1, pc);
    return strcat(to, from);
}

__typeof__(strncat) __wrap_strncat;
char *__wrap_strncat(char *restrict to, const char *restrict from, size_t most)
{
    uintptr_t pc = called_from();
    range_read_string(to, pc);
    range_read_string_within(from, most, pc);
    range_write(to + strlen(to), strnlen(from, most) + 1, pc);
    return strncat(to, from, most);
}

// ---- Numbers in strings ----

// A function that reads a number from the whole of a string.
#define READS_NUMBER(type, name)                                                                   \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(const char *string)                                                         \
    {                                                                                              \
        range_read_string(string, called_from());                                                  \
        return name(string);                                                                       \
    }

READS_NUMBER(int, atoi)
READS_NUMBER(long, atol)
READS_NUMBER(long long, atoll)
READS_NUMBER(double, atof)

// Also tells where the number ended.
static void number_read(const char *string, char **end, uintptr_t pc)
{
    range_read_string(string, pc);
    if (end != NULL)
        range_write(end, sizeof *end, pc);
}

// The same, with a base. `called` is what the program calls it by: since glibc 2.38 the headers
// have another name for it where they are asked for C23 or for GNU's extensions.
#define READS_IN_BASE_AS(type, name, called)                                                       \
    __typeof__(name) __wrap_##called;                                                              \
    type __wrap_##called(const char *restrict string, char **restrict end, int base)               \
    {                                                                                              \
        number_read(string, end, called_from());                                                   \
        return name(string, end, base);                                                            \
    }

#define READS_IN_BASE(type, name)                                                                  \
    READS_IN_BASE_AS(type, name, name)                                                             \
    READS_IN_BASE_AS(type, name, __isoc23_##name)

READS_IN_BASE(long, strtol)
READS_IN_BASE(unsigned long, strtoul)
READS_IN_BASE(long long, strtoll)
READS_IN_BASE(unsigned long long, strtoull)

#define READS_FRACTION(type, name)                                                                 \
    __typeof__(name) __wrap_##name;                                                                \
    type __wrap_##name(const char *restrict string, char **restrict end)                           \
    {                                                                                              \
        number_read(string, end, called_from());                                                   \
        return name(string, end);                                                                  \
    }

READS_FRACTION(double, strtod)
READS_FRACTION(float, strtof)

static int scan_string(const char *string, uintptr_t pc, const char *format, va_list arguments)
{
    range_read_string(string, pc);
    va_list again;
    va_copy(again, arguments);
    int count = vsscanf(string, format, arguments);
    range_write_scanned(format, again, count, pc);
    va_end(again);
    return count;
}

#define SCANS_STRING(standard)                                                                     \
    __typeof__(vsscanf) __wrap_##standard##vsscanf;                                                \
    int __wrap_##standard##vsscanf(const char *restrict string, const char *restrict format,       \
                                   va_list arguments)                                              \
    {                                                                                              \
        return scan_string(string, called_from(), format, arguments);                              \
    }                                                                                              \
                                                                                                   \
    __typeof__(sscanf) __wrap_##standard##sscanf;                                                  \
    int __wrap_##standard##sscanf(const char *restrict string, const char *restrict format, ...)   \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, format);                                                               \
        int count = scan_string(string, called_from(), format, arguments);                         \
        va_end(arguments);                                                                         \
        return count;                                                                              \
    }

SCANS_STRING() // by a declaration of the program's own
SCANS_STRING(__isoc99_)
SCANS_STRING(__isoc23_)

// ---- Input and output ----

__typeof__(puts) __wrap_puts;
int __wrap_puts(const char *string)
{
    range_read_string(string, called_from());
    return puts(string);
}

__typeof__(fputs) __wrap_fputs;
int __wrap_fputs(const char *restrict string, FILE *restrict file)
{
    uintptr_t pc = called_from();
    stream_used(file, pc);
    range_read_string(string, pc);
    return fputs(string, file);
}

__typeof__(fgets) __wrap_fgets;
char *__wrap_fgets(char *restrict to, int size, FILE *restrict file)
{
    uintptr_t pc = called_from();
    stream_used(file, pc);
    char *line = fgets(to, size, file);
    if (line != NULL)
        range_write(to, strlen(to) + 1, pc);
    return line;
}

static int print_within(char *to, size_t size, uintptr_t pc, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    range_read_printed(format, again, pc);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length >= 0 && size > 0)
        range_write(to, (size_t)length < size ? (size_t)length + 1 : size, pc);
    return vsnprintf(to, size, format, arguments);
}

__typeof__(vsnprintf) __wrap_vsnprintf;
int __wrap_vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list arguments)
{
    return print_within(to, size, called_from(), format, arguments);
}

__typeof__(snprintf) __wrap_snprintf;
int __wrap_snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_within(to, size, called_from(), format, arguments);
    va_end(arguments);
    return length;
}

__typeof__(vsprintf) __wrap_vsprintf;
int __wrap_vsprintf(char *restrict to, const char *restrict format, va_list arguments)
{
    return print_within(to, INT32_MAX, called_from(), format, arguments);
}

__typeof__(sprintf) __wrap_sprintf;
int __wrap_sprintf(char *restrict to, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_within(to, INT32_MAX, called_from(), format, arguments);
    va_end(arguments);
    return length;
}

static int print_allocated(char **to, uintptr_t pc, const char *format, va_list arguments)
{
    range_read_printed(format, arguments, pc);
    range_write(to, sizeof *to, pc);
    return vasprintf(to, format, arguments);
}

__typeof__(vasprintf) __wrap_vasprintf;
int __wrap_vasprintf(char **restrict to, const char *restrict format, va_list arguments)
{
    return print_allocated(to, called_from(), format, arguments);
}

__typeof__(asprintf) __wrap_asprintf;
int __wrap_asprintf(char **restrict to, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_allocated(to, called_from(), format, arguments);
    va_end(arguments);
    return length;
}
