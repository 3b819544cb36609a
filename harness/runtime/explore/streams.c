// Streams that are closed while others still use them. What a stream keeps it guards by a lock of
// its own, so that its users do not race with each other; but all of them with whoever closes it.
// Its first bytes stand for it, as for its unlocked use (libc_unguarded.c).

#define _GNU_SOURCE
#include "streams.h"

#include "races.h"
#include "ranges.h"
#include "core.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CLOSED_MOST = 32, STANDS_FOR = 2 * sizeof(void *) };

// A stream that this run has closed. Little is kept of it: runs inside one process restore all of
// this each time.
struct closed {
    uintptr_t address, pc;
    uint32_t size;
    uint8_t thread;
};

static struct closed closed[CLOSED_MOST]; // the last ones, if there are more
static unsigned closed_count;

static bool is_standard(const FILE *stream)
{
    return stream == stdin || stream == stdout || stream == stderr;
}

static _Noreturn void used_after_close(const struct closed *stream, const char *how, uintptr_t pc)
{
    struct fault fault = {.kind = KIND_USE_AFTER_FREE, .access_count = 2};
    fault.object = (const void *)stream->address;
    stack_take(thread_self(), pc, &fault.stack);
    fault.accesses[0] = (struct access){.thread = stream->thread,
                                        .frees = true,
                                        .size = stream->size,
                                        .address = stream->address,
                                        .stack = {.depth = 1, .frames = {stream->pc}}};
    fault.accesses[1] = (struct access){.thread = thread_self()->id,
                                        .size = STANDS_FOR,
                                        .address = stream->address,
                                        .stack = fault.stack};
    snprintf(fault.text, sizeof fault.text, "a stream is %s that %s has closed", how,
             thread_title(stream->thread).text);
    found_and_end(&fault);
}

// The program at `pc` uses the stream, or closes it: there it must be open.
static void check_open(const FILE *stream, const char *how, uintptr_t pc)
{
    for (unsigned i = 0; i < closed_count && i < CLOSED_MOST; i++)
        if (closed[i].address == (uintptr_t)stream)
            used_after_close(&closed[i], how, pc);
}

void stream_used(const FILE *stream, uintptr_t pc)
{
    if (!engine_on() || stream == NULL || is_standard(stream))
        return;
    check_open(stream, "used", pc);
    if (engine_threaded())
        races_access(stream, STANDS_FOR, ACCESS_READ, pc);
}

// The library would soon give the memory to another stream, which is not to be taken for this one:
// it is kept. Nearly always what was freed last is got first.
static bool keep(uintptr_t address, size_t size)
{
    enum { TRIES_MOST = 16 };
    void *others[TRIES_MOST];
    unsigned count = 0;
    bool kept = false;
    while (!kept && count < TRIES_MOST) {
        others[count] = malloc(size);
        kept = (uintptr_t)others[count] == address;
        count += !kept;
    }
    while (count-- > 0)
        free(others[count]);
    return kept;
}

int __wrap_fclose(FILE *stream);
int __wrap_fclose(FILE *stream)
{
    if (!engine_on() || stream == NULL || is_standard(stream))
        return fclose(stream);
    uintptr_t pc = called_from();
    check_open(stream, "closed", pc);
    if (engine_threaded())
        races_access(stream, STANDS_FOR, ACCESS_WRITE, pc);
    size_t size = malloc_usable_size(stream);
    struct closed own = {(uintptr_t)stream, pc, (uint32_t)size, thread_self()->id};
    int error = fclose(stream);
    if (keep(own.address, size))
        closed[closed_count++ % CLOSED_MOST] = own;
    return error;
}

#define USES_STREAM(result, function)                                                              \
    result __wrap_##function(FILE *stream);                                                        \
    result __wrap_##function(FILE *stream)                                                         \
    {                                                                                              \
        stream_used(stream, called_from());                                                        \
        return function(stream);                                                                   \
    }

USES_STREAM(int, fflush)
USES_STREAM(int, fgetc)
USES_STREAM(int, getc)
USES_STREAM(int, feof)
USES_STREAM(int, ferror)
USES_STREAM(int, fileno)
USES_STREAM(long, ftell)
USES_STREAM(void, rewind)

#define WRITES_CHARACTER(function)                                                                 \
    int __wrap_##function(int character, FILE *stream);                                            \
    int __wrap_##function(int character, FILE *stream)                                             \
    {                                                                                              \
        stream_used(stream, called_from());                                                        \
        return function(character, stream);                                                        \
    }

WRITES_CHARACTER(fputc)
WRITES_CHARACTER(putc)
WRITES_CHARACTER(ungetc)

int __wrap_fseek(FILE *stream, long offset, int whence);
int __wrap_fseek(FILE *stream, long offset, int whence)
{
    stream_used(stream, called_from());
    return fseek(stream, offset, whence);
}

// ---- Printing, which reads the strings that it is given ----

static int print_to(FILE *stream, uintptr_t pc, const char *format, va_list arguments)
{
    stream_used(stream, pc);
    range_read_printed(format, arguments, pc);
    return vfprintf(stream, format, arguments);
}

__typeof__(vfprintf) __wrap_vfprintf;
int __wrap_vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
{
    return print_to(stream, called_from(), format, arguments);
}

__typeof__(vprintf) __wrap_vprintf;
int __wrap_vprintf(const char *restrict format, va_list arguments)
{
    return print_to(stdout, called_from(), format, arguments);
}

__typeof__(fprintf) __wrap_fprintf;
int __wrap_fprintf(FILE *restrict stream, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_to(stream, called_from(), format, arguments);
    va_end(arguments);
    return length;
}

__typeof__(printf) __wrap_printf;
int __wrap_printf(const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_to(stdout, called_from(), format, arguments);
    va_end(arguments);
    return length;
}

// ---- Scanning, which stores what it finds ----

static int scan_from(FILE *stream, uintptr_t pc, const char *format, va_list arguments)
{
    va_list again;
    stream_used(stream, pc);
    va_copy(again, arguments);
    int count = vfscanf(stream, format, arguments);
    range_write_scanned(format, again, count, pc);
    va_end(again);
    return count;
}

#define SCANS_STREAM(standard)                                                                     \
    __typeof__(fscanf) __wrap___##standard##_fscanf;                                               \
    int __wrap___##standard##_fscanf(FILE *restrict stream, const char *restrict format, ...)      \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, format);                                                               \
        int count = scan_from(stream, called_from(), format, arguments);                           \
        va_end(arguments);                                                                         \
        return count;                                                                              \
    }                                                                                              \
                                                                                                   \
    __typeof__(scanf) __wrap___##standard##_scanf;                                                 \
    int __wrap___##standard##_scanf(const char *restrict format, ...)                              \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, format);                                                               \
        int count = scan_from(stdin, called_from(), format, arguments);                            \
        va_end(arguments);                                                                         \
        return count;                                                                              \
    }

SCANS_STREAM(isoc99)
SCANS_STREAM(isoc23)
