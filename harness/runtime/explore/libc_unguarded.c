// What the C library does without a lock to something that the program hands it: streams whose lock
// is said to be held, directories' streams, trees, tables and lists. What is inside these nobody
// but the library touches: its first bytes stand for all of it.

#define _GNU_SOURCE
#include "core.h"
#include "libc_places.h"
#include "streams.h"

#include <dirent.h>
#include <search.h>
#include <stdio.h>

LIBC_PLACE place_of_hsearch;

// More than a number's bytes, so that a story does not tell what stands there.
static void use(void *thing, uintptr_t pc)
{
    if (running->on && thing != NULL)
        range_write(thing, 2 * sizeof(void *), pc);
}

static void use_stream(FILE *stream, uintptr_t pc)
{
    stream_used(stream, pc);
    use(stream, pc);
}

// ---- Streams ----

#define WRITES_CHARACTER(function)                                                                 \
    int __wrap_##function(int character, FILE *stream);                                            \
    int __wrap_##function(int character, FILE *stream)                                             \
    {                                                                                              \
        use_stream(stream, HERE());                                                                \
        return function(character, stream);                                                        \
    }

#define USES_STREAM(result, function)                                                              \
    result __wrap_##function(FILE *stream);                                                        \
    result __wrap_##function(FILE *stream)                                                         \
    {                                                                                              \
        use_stream(stream, HERE());                                                                \
        return function(stream);                                                                   \
    }

WRITES_CHARACTER(putc_unlocked)
WRITES_CHARACTER(fputc_unlocked)
USES_STREAM(int, getc_unlocked)
USES_STREAM(int, fgetc_unlocked)
USES_STREAM(int, fflush_unlocked)

int __wrap_putchar_unlocked(int character);
int __wrap_putchar_unlocked(int character)
{
    use_stream(stdout, HERE());
    return putchar_unlocked(character);
}

int __wrap_getchar_unlocked(void);
int __wrap_getchar_unlocked(void)
{
    use_stream(stdin, HERE());
    return getchar_unlocked();
}

int __wrap_fputs_unlocked(const char *text, FILE *stream);
int __wrap_fputs_unlocked(const char *text, FILE *stream)
{
    use_stream(stream, HERE());
    return fputs_unlocked(text, stream);
}

size_t __wrap_fwrite_unlocked(const void *from, size_t size, size_t count, FILE *stream);
size_t __wrap_fwrite_unlocked(const void *from, size_t size, size_t count, FILE *stream)
{
    range_read(from, size * count, HERE());
    use_stream(stream, HERE());
    return fwrite_unlocked(from, size, count, stream);
}

struct dirent *__wrap_readdir(DIR *folder);
struct dirent *__wrap_readdir(DIR *folder)
{
    use(folder, HERE());
    return readdir(folder);
}

// ---- Trees: whoever changes one changes, as far as others can tell, its root ----

typedef int comparison(const void *, const void *);

void *__wrap_tsearch(const void *key, void **root, comparison *compare);
void *__wrap_tsearch(const void *key, void **root, comparison *compare)
{
    libc_use(root, true, HERE());
    return tsearch(key, root, compare);
}

void *__wrap_tdelete(const void *key, void **root, comparison *compare);
void *__wrap_tdelete(const void *key, void **root, comparison *compare)
{
    libc_use(root, true, HERE());
    return tdelete(key, root, compare);
}

void *__wrap_tfind(const void *key, void *const *root, comparison *compare);
void *__wrap_tfind(const void *key, void *const *root, comparison *compare)
{
    libc_use((void *)root, false, HERE());
    return tfind(key, root, compare);
}

// ---- The table of hsearch, of which there is one ----

int __wrap_hcreate(size_t room);
int __wrap_hcreate(size_t room)
{
    libc_use(&place_of_hsearch, true, HERE());
    return hcreate(room);
}

ENTRY *__wrap_hsearch(ENTRY entry, ACTION action);
ENTRY *__wrap_hsearch(ENTRY entry, ACTION action)
{
    libc_use(&place_of_hsearch, action == ENTER, HERE());
    return hsearch(entry, action);
}

void __wrap_hdestroy(void);
void __wrap_hdestroy(void)
{
    libc_use(&place_of_hsearch, true, HERE());
    hdestroy();
}
