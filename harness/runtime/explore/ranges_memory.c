// The functions of <string.h> on memory, and what else reads or writes memory of a known size.
// Clang 14 copies structures by memcpy, later ones by __tsan_memcpy and its like.

#define _GNU_SOURCE
#include "ranges.h"
#include "streams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

void *__wrap_memrchr(const void *memory, int byte, size_t size);
void *__wrap_memrchr(const void *memory, int byte, size_t size)
{
    range_read(memory, size, called_from());
    return memrchr(memory, byte, size);
}

__typeof__(memmem) __wrap_memmem;
void *__wrap_memmem(const void *memory, size_t size, const void *part, size_t part_size)
{
    uintptr_t pc = called_from();
    range_read(memory, size, pc);
    range_read(part, part_size, pc);
    return memmem(memory, size, part, part_size);
}

__typeof__(mempcpy) __wrap_mempcpy;
void *__wrap_mempcpy(void *restrict to, const void *restrict from, size_t size)
{
    return (char *)copy(to, from, size, called_from()) + size;
}

// It copies up to the byte that it finds.
__typeof__(memccpy) __wrap_memccpy;
void *__wrap_memccpy(void *restrict to, const void *restrict from, int byte, size_t size)
{
    uintptr_t pc = called_from();
    const char *found = memchr(from, byte, size);
    size_t copied = found != NULL ? (size_t)(found - (const char *)from) + 1 : size;
    range_read(from, copied, pc);
    range_write(to, copied, pc);
    return memccpy(to, from, byte, size);
}

// ---- The same by their old names ----

__typeof__(bcmp) __wrap_bcmp;
int __wrap_bcmp(const void *first, const void *second, size_t size)
{
    uintptr_t pc = called_from();
    range_read(first, size, pc);
    range_read(second, size, pc);
    return memcmp(first, second, size);
}

__typeof__(bcopy) __wrap_bcopy;
void __wrap_bcopy(const void *from, void *to, size_t size)
{
    copy(to, from, size, called_from());
}

__typeof__(bzero) __wrap_bzero;
void __wrap_bzero(void *to, size_t size)
{
    fill(to, 0, size, called_from());
}

__typeof__(explicit_bzero) __wrap_explicit_bzero;
void __wrap_explicit_bzero(void *to, size_t size)
{
    fill(to, 0, size, called_from());
}

// ---- Sorting, and files ----

// The comparisons are the program's own, and announce what they read.
__typeof__(qsort) __wrap_qsort;
void __wrap_qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    uintptr_t pc = called_from();
    range_read(base, count * size, pc);
    range_write(base, count * size, pc);
    qsort(base, count, size, compare);
}

__typeof__(qsort_r) __wrap_qsort_r;
void __wrap_qsort_r(void *base, size_t count, size_t size,
                    int (*compare)(const void *, const void *, void *), void *argument)
{
    uintptr_t pc = called_from();
    range_read(base, count * size, pc);
    range_write(base, count * size, pc);
    qsort_r(base, count, size, compare, argument);
}

__typeof__(fwrite) __wrap_fwrite;
size_t __wrap_fwrite(const void *from, size_t size, size_t count, FILE *file)
{
    uintptr_t pc = called_from();
    stream_used(file, pc);
    range_read(from, size * count, pc);
    return fwrite(from, size, count, file);
}

__typeof__(fread) __wrap_fread;
size_t __wrap_fread(void *to, size_t size, size_t count, FILE *file)
{
    uintptr_t pc = called_from();
    stream_used(file, pc);
    range_write(to, size * count, pc);
    return fread(to, size, count, file);
}
