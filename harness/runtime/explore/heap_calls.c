// The functions of <stdlib.h> and <string.h> that give and take memory, for the program under the
// explorer (heap.c). Memory that the C library takes for itself is none of it, also where the
// program frees it; memory taken before the run is the C library's too.

#define _GNU_SOURCE
#include "driver_statics.h"
#include "heap.h"
#include "races.h"
#include "racy.h"
#include "ranges.h"
#include "streams.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t USUAL_ALIGNMENT = 16;

// A block that any machine has, and only the explorer has not, is no lack of memory for the program
// to deal with. In an exercise, where nobody needs one, it is: the explorer is not to be got rid of
// so cheaply.
static void *take(size_t size, size_t alignment, uintptr_t pc)
{
    enum { USUAL_MOST = 1 << 30 };
    if (size > HEAP_BLOCK_MOST && size <= USUAL_MOST && !driver_is_there()) {
        thread_self()->next.pc = pc;
        run_end(ENDED_UNSUPPORTED, "a block of more than %d MiB", HEAP_BLOCK_MOST >> 20);
    }
    return heap_take(size, alignment, pc);
}

__typeof__(malloc) __wrap_malloc;
void *__wrap_malloc(size_t size)
{
    return engine_on() ? take(size, USUAL_ALIGNMENT, caller_pc()) : malloc(size);
}

__typeof__(calloc) __wrap_calloc;
void *__wrap_calloc(size_t count, size_t size)
{
    size_t all;
    if (!engine_on())
        return calloc(count, size);
    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = take(all, USUAL_ALIGNMENT, caller_pc());
    return block != NULL ? memset(block, 0, all) : NULL;
}

// Memory with an alignment. NULL if it is no power of 2, with errno set.
static void *take_aligned(size_t alignment, size_t size, uintptr_t pc)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        errno = EINVAL;
        return NULL;
    }
    return take(size, alignment, pc);
}

__typeof__(aligned_alloc) __wrap_aligned_alloc;
void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return engine_on() ? take_aligned(alignment, size, caller_pc())
                       : aligned_alloc(alignment, size);
}

__typeof__(memalign) __wrap_memalign;
void *__wrap_memalign(size_t alignment, size_t size)
{
    return engine_on() ? take_aligned(alignment, size, caller_pc()) : memalign(alignment, size);
}

__typeof__(posix_memalign) __wrap_posix_memalign;
int __wrap_posix_memalign(void **result, size_t alignment, size_t size)
{
    if (!engine_on())
        return posix_memalign(result, alignment, size);
    uintptr_t pc = called_from();
    int saved = errno;
    void *block = alignment % sizeof(void *) == 0 ? take_aligned(alignment, size, pc)
                                                  : (errno = EINVAL, NULL);
    int error = block != NULL ? 0 : errno;
    errno = saved;
    if (block == NULL)
        return error;
    range_write(result, sizeof *result, pc);
    *result = block;
    return 0;
}

// ---- Giving back ----

// Where the program's own variables end.
extern const char __executable_start[] __attribute__((weak, visibility("hidden")));
extern const char _end[] __attribute__((weak, visibility("hidden")));

// Whether malloc can't have given it, neither ours nor the C library's.
static bool is_no_block(const void *address)
{
    const char *place = address;
    return (place >= __executable_start && place < _end) ||
           ((uintptr_t)place >= thread_self()->frame &&
            (uintptr_t)place < thread_self()->stack_top);
}

// Gives back a block, or hands it to the C library whose it is.
static void give_back(void *block, uintptr_t pc)
{
    if (!heap_has(block) && !is_no_block(block)) {
        free(block);
        return;
    }
    const void *racy = engine_threaded() ? racy_within(block, heap_size(block)) : NULL;
    if (racy != NULL)
        point(OP_WRITE, racy, NULL, pc);
    else
        event(pc);
    heap_give_back(block, pc);
    progress();
}

__typeof__(free) __wrap_free;
void __wrap_free(void *block)
{
    uintptr_t pc = called_from();
    if (!engine_on())
        free(block);
    else if (block != NULL)
        give_back(block, pc);
}

// Always moves: who keeps the old address is found.
static void *resize(void *block, size_t size, uintptr_t pc)
{
    if (block == NULL)
        return take(size, USUAL_ALIGNMENT, pc);
    if (size == 0) {
        give_back(block, pc);
        return NULL;
    }
    size_t kept = heap_has(block) ? heap_size(block) : malloc_usable_size(block);
    if (kept > size)
        kept = size;
    void *moved = take(size, USUAL_ALIGNMENT, pc);
    if (moved == NULL)
        return NULL;
    range_read(block, kept, pc);
    memcpy(moved, block, kept);
    give_back(block, pc);
    return moved;
}

__typeof__(realloc) __wrap_realloc;
void *__wrap_realloc(void *block, size_t size)
{
    uintptr_t pc = called_from();
    return engine_on() ? resize(block, size, pc) : realloc(block, size);
}

__typeof__(reallocarray) __wrap_reallocarray;
void *__wrap_reallocarray(void *block, size_t count, size_t size)
{
    uintptr_t pc = called_from();
    size_t all;
    if (!engine_on())
        return reallocarray(block, count, size);
    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return resize(block, all, pc);
}

__typeof__(malloc_usable_size) __wrap_malloc_usable_size;
size_t __wrap_malloc_usable_size(void *block)
{
    return heap_has(block) ? heap_size(block) : malloc_usable_size(block);
}

// ---- Strings ----

// A copy of `length` bytes, with an end.
static char *duplicate(const char *string, size_t length, uintptr_t pc)
{
    char *copy = take(length + 1, USUAL_ALIGNMENT, pc);
    if (copy == NULL)
        return NULL;
    memcpy(copy, string, length);
    copy[length] = '\0';
    return copy;
}

__typeof__(strdup) __wrap_strdup;
char *__wrap_strdup(const char *string)
{
    uintptr_t pc = called_from();
    if (!engine_on())
        return strdup(string);
    range_read_string(string, pc);
    return duplicate(string, strlen(string), pc);
}

__typeof__(strndup) __wrap_strndup;
char *__wrap_strndup(const char *string, size_t most)
{
    uintptr_t pc = called_from();
    if (!engine_on())
        return strndup(string, most);
    range_read_string_within(string, most, pc);
    return duplicate(string, strnlen(string, most), pc);
}

// ---- Lines, for which the C library would grow a block of ours ----

static ssize_t read_line(char **line, size_t *room, int end, FILE *stream, uintptr_t pc)
{
    enum { ROOM_LEAST = 120 };
    char *bytes = NULL;
    size_t size = 0;
    stream_used(stream, pc);
    ssize_t length = getdelim(&bytes, &size, end, stream);
    progress();
    range_write(line, sizeof *line, pc);
    range_write(room, sizeof *room, pc);
    if (*line == NULL || (length >= 0 && *room <= (size_t)length)) {
        *room = length < ROOM_LEAST ? ROOM_LEAST : (size_t)length + 1;
        *line = resize(*line, *room, pc);
    }
    if (length >= 0 && *line != NULL) {
        range_write(*line, (size_t)length + 1, pc);
        memcpy(*line, bytes, (size_t)length + 1);
    }
    free(bytes);
    return *line != NULL ? length : -1;
}

__typeof__(getdelim) __wrap_getdelim;
ssize_t __wrap_getdelim(char **restrict line, size_t *restrict room, int end, FILE *restrict stream)
{
    uintptr_t pc = called_from();
    return engine_on() && line != NULL && room != NULL ? read_line(line, room, end, stream, pc)
                                                       : getdelim(line, room, end, stream);
}

__typeof__(getline) __wrap_getline;
ssize_t __wrap_getline(char **restrict line, size_t *restrict room, FILE *restrict stream)
{
    uintptr_t pc = called_from();
    return engine_on() && line != NULL && room != NULL ? read_line(line, room, '\n', stream, pc)
                                                       : getline(line, room, stream);
}
