// The functions of <string.h> on memory, and what else reads or writes memory of a known size. Clang 14
// copies structures by memcpy, later ones by __tsan_memcpy and its like.

#include "ranges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *copy(void *to, const void *from, size_t size, uintptr_t pc)
{
    range_read(from, size, pc);
    range_write(to, size, pc);
    return memmove(to, from, size);
}

static void *fill(void *to, int byte, size_t size, uintptr_t pc)
{
    range_write(to, size, pc);
    return memset(to, byte, size);
}

__typeof__(memcpy) __wrap_memcpy, __tsan_memcpy;
void *__wrap_memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return copy(to, from, size, called_from());
}

void *__tsan_memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return copy(to, from, size, called_from());
}

__typeof__(memmove) __wrap_memmove, __tsan_memmove;
void *__wrap_memmove(void *to, const void *from, size_t size)
{
    return copy(to, from, size, called_from());
}

void *__tsan_memmove(void *to, const void *from, size_t size)
{
    return copy(to, from, size, called_from());
}

__typeof__(memset) __wrap_memset, __tsan_memset;
void *__wrap_memset(void *to, int byte, size_t size)
{
    return fill(to, byte, size, called_from());
}

void *__tsan_memset(void *to, int byte, size_t size)
{
    return fill(to, byte, size, called_from());
}

__typeof__(memcmp) __wrap_memcmp;
int __wrap_memcmp(const void *first, const void *second, size_t size)
{
    uintptr_t pc = called_from();
    range_read(first, size, pc);
    range_read(second, size, pc);
    return memcmp(first, second, size);
}

// It reads up to the byte that it finds.
void *__wrap_memchr(const void *memory, int byte, size_t size);
void *__wrap_memchr(const void *memory, int byte, size_t size)
{
    uintptr_t pc = called_from();
    char *found = memchr(memory, byte, size);
    range_read(memory, found != NULL ? (size_t)(found - (const char *)memory) + 1 : size, pc);
    return memchr(memory, byte, size);
}

// The comparisons are the program's own, and announce what they read.
__typeof__(qsort) __wrap_qsort;
void __wrap_qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    uintptr_t pc = called_from();
    range_read(base, count * size, pc);
    range_write(base, count * size, pc);
    qsort(base, count, size, compare);
}

__typeof__(fwrite) __wrap_fwrite;
size_t __wrap_fwrite(const void *from, size_t size, size_t count, FILE *file)
{
    range_read(from, size * count, called_from());
    return fwrite(from, size, count, file);
}

__typeof__(fread) __wrap_fread;
size_t __wrap_fread(void *to, size_t size, size_t count, FILE *file)
{
    range_write(to, size * count, called_from());
    return fread(to, size, count, file);
}
