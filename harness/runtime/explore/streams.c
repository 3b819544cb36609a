// Streams that are closed while others still use them. What a stream keeps it guards by a lock of
// its own, so that its users do not race with each other; but all of them with whoever closes it.
// Its first bytes stand for it, as for its unlocked use (libc_unguarded.c).

#define _GNU_SOURCE
#include "streams.h"

#include "driver_statics.h"
#include "heap.h"
#include "races.h"
#include "ranges.h"
#include "core.h"

#include <err.h>
#include <error.h>
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

// Made by the linker.
extern const char __executable_start[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));

// The library's streams lie in its own memory, never in the program's. With a structure of the
// program's own in the place of one it would read or write whatever that points to, unseen.
static bool is_made_up(uintptr_t stream)
{
    bool is_static = stream >= (uintptr_t)__executable_start && stream < (uintptr_t)_end;
    bool on_stack = stream - STACKS_BASE < (uintptr_t)THREADS_MAX * STACK_SLOT;
    return is_static || on_stack || heap_has((const void *)stream);
}

void stream_used(const FILE *stream, uintptr_t pc)
{
    if (!engine_on() || stream == NULL || is_standard(stream))
        return;
    if (is_made_up((uintptr_t)stream)) {
        thread_self()->next.pc = pc;
        run_end(past_limit(), "a stream that is not one of the library's");
    }
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
USES_STREAM(void, clearerr)
USES_STREAM(void, setlinebuf)
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

__typeof__(setbuf) __wrap_setbuf;
void __wrap_setbuf(FILE *restrict stream, char *restrict buffer)
{
    stream_used(stream, called_from());
    setbuf(stream, buffer);
}

__typeof__(setvbuf) __wrap_setvbuf;
int __wrap_setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size)
{
    stream_used(stream, called_from());
    return setvbuf(stream, buffer, mode, size);
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

// ---- Messages ----

// Of these that print a message without a format may be NULL, and the others that end the program
// have nobody left to tell.
static void read_message(const char *format, va_list arguments, uintptr_t pc)
{
    if (format)
        range_read_printed(format, arguments, pc);
}

#define WARNS_OF(name, with_list)                                                                  \
    __typeof__(name) __wrap_##name;                                                                \
    void __wrap_##name(const char *format, ...)                                                    \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, format);                                                               \
        read_message(format, arguments, called_from());                                            \
        with_list(format, arguments);                                                              \
        va_end(arguments);                                                                         \
    }

WARNS_OF(warn, vwarn)
WARNS_OF(warnx, vwarnx)

#define WARNS(name)                                                                                \
    __typeof__(name) __wrap_##name;                                                                \
    void __wrap_##name(const char *format, va_list arguments)                                      \
    {                                                                                              \
        read_message(format, arguments, called_from());                                            \
        name(format, arguments);                                                                   \
    }

WARNS(vwarn)
WARNS(vwarnx)

static char *text_of(uintptr_t pc, const char *format, va_list arguments)
{
    char *text;
    range_read_printed(format, arguments, pc);
    if (vasprintf(&text, format, arguments) < 0)
        abort();
    return text;
}

__typeof__(error) __wrap_error;
void __wrap_error(int status, int number, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = text_of(called_from(), format, arguments);
    va_end(arguments);
    error(status, number, "%s", text);
    free(text);
}

__typeof__(error_at_line) __wrap_error_at_line;
void __wrap_error_at_line(int status, int number, const char *file, unsigned line,
                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = text_of(called_from(), format, arguments);
    va_end(arguments);
    error_at_line(status, number, file, line, "%s", text);
    free(text);
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
