// More functions of <string.h>: those that pass over the case of letters, take text apart, or fill
// a buffer with a message.

#define _GNU_SOURCE
#include "ranges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// ---- Comparing and searching: all of both strings counts as read ----

// A function that reads two strings.
#define READS_BOTH(type, name)                                                                     \
    type __wrap_##name(const char *first, const char *second);                                     \
    type __wrap_##name(const char *first, const char *second)                                      \
    {                                                                                              \
        uintptr_t pc = called_from();                                                              \
        range_read_string(first, pc);                                                              \
        range_read_string(second, pc);                                                             \
        return name(first, second);                                                                \
    }

READS_BOTH(int, strcasecmp)
READS_BOTH(int, strcoll)
READS_BOTH(int, strverscmp)
READS_BOTH(size_t, strspn)
READS_BOTH(size_t, strcspn)
READS_BOTH(char *, strpbrk)
READS_BOTH(char *, strcasestr)

// A function that looks for a character in a string.
#define LOOKS_FOR(name)                                                                            \
    char *__wrap_##name(const char *string, int character);                                        \
    char *__wrap_##name(const char *string, int character)                                         \
    {                                                                                              \
        range_read_string(string, called_from());                                                  \
        return name(string, character);                                                            \
    }

LOOKS_FOR(index)
LOOKS_FOR(rindex)
LOOKS_FOR(strchrnul)

__typeof__(strncasecmp) __wrap_strncasecmp;
int __wrap_strncasecmp(const char *first, const char *second, size_t most)
{
    uintptr_t pc = called_from();
    range_read_string_within(first, most, pc);
    range_read_string_within(second, most, pc);
    return strncasecmp(first, second, most);
}

// ---- Taking text apart ----

// The delimiter behind the token is written over.
__typeof__(strtok_r) __wrap_strtok_r;
char *__wrap_strtok_r(char *restrict text, const char *restrict delimiters, char **restrict rest)
{
    uintptr_t pc = called_from();
    if (text == NULL)
        range_read(rest, sizeof *rest, pc);
    char *from = text != NULL ? text : *rest;
    range_read_string(delimiters, pc);
    if (from != NULL) {
        range_read_string(from, pc);
        range_write(from, strlen(from) + 1, pc);
    }
    range_write(rest, sizeof *rest, pc);
    return strtok_r(text, delimiters, rest);
}

__typeof__(strsep) __wrap_strsep;
char *__wrap_strsep(char **restrict rest, const char *restrict delimiters)
{
    uintptr_t pc = called_from();
    range_read(rest, sizeof *rest, pc);
    range_read_string(delimiters, pc);
    if (*rest != NULL) {
        range_read_string(*rest, pc);
        range_write(*rest, strlen(*rest) + 1, pc);
        range_write(rest, sizeof *rest, pc);
    }
    return strsep(rest, delimiters);
}

// ---- Copying ----

// Fills up with zeros: it always writes `size` bytes.
__typeof__(stpncpy) __wrap_stpncpy;
char *__wrap_stpncpy(char *restrict to, const char *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    range_read_string_within(from, size, pc);
    range_write(to, size, pc);
    return stpncpy(to, from, size);
}

__typeof__(strxfrm) __wrap_strxfrm;
size_t __wrap_strxfrm(char *restrict to, const char *restrict from, size_t size)
{
    uintptr_t pc = called_from();
    range_read_string(from, pc);
    range_write(to, size, pc);
    return strxfrm(to, from, size);
}

// ---- Messages ----

// GNU's: it may use the buffer, or not.
__typeof__(strerror_r) __wrap_strerror_r;
char *__wrap_strerror_r(int error, char *buffer, size_t size)
{
    range_write(buffer, size, called_from());
    return strerror_r(error, buffer, size);
}

// POSIX's.
int __xpg_strerror_r(int error, char *buffer, size_t size);
int __wrap___xpg_strerror_r(int error, char *buffer, size_t size);
int __wrap___xpg_strerror_r(int error, char *buffer, size_t size)
{
    range_write(buffer, size, called_from());
    return __xpg_strerror_r(error, buffer, size);
}

__typeof__(perror) __wrap_perror;
void __wrap_perror(const char *before)
{
    if (before != NULL)
        range_read_string(before, called_from());
    perror(before);
}
