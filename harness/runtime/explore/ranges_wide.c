// The functions of <wchar.h> on strings and on memory, and those that turn strings into wide ones
// and back.

#define _GNU_SOURCE
#include "ranges.h"

#include <stdarg.h>
#include <stdlib.h>
#include <wchar.h>

static void read_wide(const wchar_t *string, uintptr_t pc)
{
    range_read(string, (wcslen(string) + 1) * sizeof *string, pc);
}

static void read_wide_within(const wchar_t *string, size_t most, uintptr_t pc)
{
    size_t length = wcsnlen(string, most);
    range_read(string, (length < most ? length + 1 : most) * sizeof *string, pc);
}

__typeof__(wcslen) __wrap_wcslen;
size_t __wrap_wcslen(const wchar_t *string)
{
    read_wide(string, called_from());
    return wcslen(string);
}

__typeof__(wcsnlen) __wrap_wcsnlen;
size_t __wrap_wcsnlen(const wchar_t *string, size_t most)
{
    read_wide_within(string, most, called_from());
    return wcsnlen(string, most);
}

// ---- Comparing and searching: all of both strings counts as read ----

#define READS_TWO(type, name)                                                                      \
    type __wrap_##name(const wchar_t *first, const wchar_t *second);                               \
    type __wrap_##name(const wchar_t *first, const wchar_t *second)                                \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        read_wide(first, pc);                                                                      \
        read_wide(second, pc);                                                                     \
        return (type)name(first, second);                                                          \
    }

READS_TWO(int, wcscmp)
READS_TWO(int, wcscasecmp)
READS_TWO(wchar_t *, wcsstr)

__typeof__(wcsncmp) __wrap_wcsncmp;
int __wrap_wcsncmp(const wchar_t *first, const wchar_t *second, size_t most)
{
    uintptr_t pc = called_from();
    read_wide_within(first, most, pc);
    read_wide_within(second, most, pc);
    return wcsncmp(first, second, most);
}

wchar_t *__wrap_wcschr(const wchar_t *string, wchar_t letter);
wchar_t *__wrap_wcschr(const wchar_t *string, wchar_t letter)
{
    read_wide(string, called_from());
    return wcschr(string, letter);
}

wchar_t *__wrap_wcsrchr(const wchar_t *string, wchar_t letter);
wchar_t *__wrap_wcsrchr(const wchar_t *string, wchar_t letter)
{
    read_wide(string, called_from());
    return wcsrchr(string, letter);
}

// ---- Copying ----

__typeof__(wcscpy) __wrap_wcscpy;
wchar_t *__wrap_wcscpy(wchar_t *restrict to, const wchar_t *restrict from)
{
    uintptr_t pc = called_from();
    read_wide(from, pc);
    range_write(to, (wcslen(from) + 1) * sizeof *to, pc);
    return wcscpy(to, from);
}

// Fills up with zeros: it always writes `size` letters.
__typeof__(wcsncpy) __wrap_wcsncpy;
wchar_t *__wrap_wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    read_wide_within(from, size, pc);
    range_write(to, size * sizeof *to, pc);
    return wcsncpy(to, from, size);
}

__typeof__(wcscat) __wrap_wcscat;
wchar_t *__wrap_wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
    uintptr_t pc = called_from();
    read_wide(to, pc);
    read_wide(from, pc);
    range_write(to + wcslen(to), (wcslen(from) + 1) * sizeof *to, pc);
    return wcscat(to, from);
}

__typeof__(wcsncat) __wrap_wcsncat;
wchar_t *__wrap_wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t most)
{
    uintptr_t pc = called_from();
    read_wide(to, pc);
    read_wide_within(from, most, pc);
    range_write(to + wcslen(to), (wcsnlen(from, most) + 1) * sizeof *to, pc);
    return wcsncat(to, from, most);
}

// ---- Memory ----

#define COPIES(name)                                                                               \
    wchar_t *__wrap_##name(wchar_t *to, const wchar_t *from, size_t count);                        \
    wchar_t *__wrap_##name(wchar_t *to, const wchar_t *from, size_t count)                         \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_read(from, count * sizeof *from, pc);                                                \
        range_write(to, count * sizeof *to, pc);                                                   \
        return name(to, from, count);                                                              \
    }

COPIES(wmemcpy)
COPIES(wmemmove)

__typeof__(wmemset) __wrap_wmemset;
wchar_t *__wrap_wmemset(wchar_t *to, wchar_t letter, size_t count)
{
    range_write(to, count * sizeof *to, called_from());
    return wmemset(to, letter, count);
}

__typeof__(wmemcmp) __wrap_wmemcmp;
int __wrap_wmemcmp(const wchar_t *first, const wchar_t *second, size_t count)
{
    uintptr_t pc = called_from();
    range_read(first, count * sizeof *first, pc);
    range_read(second, count * sizeof *second, pc);
    return wmemcmp(first, second, count);
}

// ---- Numbers, printing, and other strings ----

// Under the name, too, that the headers have for it since glibc 2.38.
#define READS_LONG(called)                                                                         \
    __typeof__(wcstol) __wrap_##called;                                                            \
    long __wrap_##called(const wchar_t *restrict string, wchar_t **restrict end, int base)         \
    {                                                                                              \
        read_wide(string, called_from());                                                          \
        return wcstol(string, end, base);                                                          \
    }

READS_LONG(wcstol)
READS_LONG(__isoc23_wcstol)

__typeof__(wcstod) __wrap_wcstod;
double __wrap_wcstod(const wchar_t *restrict string, wchar_t **restrict end)
{
    read_wide(string, called_from());
    return wcstod(string, end);
}

// What did not fit is written as far as it does.
static int print_wide(wchar_t *to, size_t size, uintptr_t pc, const wchar_t *format,
                      va_list arguments)
{
    int length = vswprintf(to, size, format, arguments);
    range_write(to, (length < 0 ? size : (size_t)length + 1) * sizeof *to, pc);
    return length;
}

__typeof__(vswprintf) __wrap_vswprintf;
int __wrap_vswprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict format,
                     va_list arguments)
{
    return print_wide(to, size, called_from(), format, arguments);
}

__typeof__(swprintf) __wrap_swprintf;
int __wrap_swprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_wide(to, size, called_from(), format, arguments);
    va_end(arguments);
    return length;
}

__typeof__(mbstowcs) __wrap_mbstowcs;
size_t __wrap_mbstowcs(wchar_t *restrict to, const char *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    range_read_string(from, pc);
    size_t count = mbstowcs(NULL, from, 0);
    if (to != NULL && count != (size_t)-1)
        range_write(to, (count < size ? count + 1 : size) * sizeof *to, pc);
    return mbstowcs(to, from, size);
}

__typeof__(wcstombs) __wrap_wcstombs;
size_t __wrap_wcstombs(char *restrict to, const wchar_t *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    read_wide(from, pc);
    size_t count = wcstombs(NULL, from, 0);
    if (to != NULL && count != (size_t)-1)
        range_write(to, count < size ? count + 1 : size, pc);
    return wcstombs(to, from, size);
}
