#include "calls.h"

#include "base/files.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <talloc.h>

enum { SOURCE_LIMIT = 1 << 20 };

// What is looked for: names, and whether they must be those of calls.
struct wanted {
    const char *names[16]; // to the first NULL
    bool called;
};

static const struct wanted printing = {{"printf", "puts", "putchar", "fprintf", "fputs", "fputc",
                                        "putc", "dprintf", "perror", "fwrite", "write"},
                                       true};
static const struct wanted openmp = {{"pragma omp"}, false};
static const struct wanted assembly = {{"asm", "__asm__", "__asm"}, false};
static const struct wanted streams = {{"fdopen"}, true};
static const struct wanted ways = {{"pipe", "pipe2", "socketpair", "accept", "connect"}, true};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

// Behind the comment or the literal that begins at `at`; `at` itself where none does.
static const char *skip_unread(const char *at)
{
    const char *end = NULL;
    if (strncmp(at, "//", 2) == 0)
        return at + strcspn(at, "\n");
    if (strncmp(at, "/*", 2) == 0) {
        end = strstr(at + 2, "*/");
        return end ? end + 2 : at + strlen(at);
    }
    if (*at != '"' && *at != '\'')
        return at;
    for (end = at + 1; *end && *end != *at && *end != '\n'; end++)
        if (*end == '\\' && end[1])
            end++;
    return *end ? end + 1 : end;
}

// The name that begins at `at`, if it is one that is wanted.
static const char *name_at(const struct wanted *wanted, const char *at)
{
    for (size_t i = 0; wanted->names[i]; i++) {
        size_t length = strlen(wanted->names[i]);
        if (strncmp(at, wanted->names[i], length) == 0 && !is_word(at[length]) &&
            (!wanted->called || at[length + strspn(at + length, " \t")] == '('))
            return wanted->names[i];
    }
    return NULL;
}

static const char *first_in(const void *context, const struct wanted *wanted, const char *file,
                            const char *text)
{
    int line = 1;
    for (const char *at = text; *at;) {
        const char *behind = skip_unread(at);
        const char *name = at == text || !is_word(at[-1]) ? name_at(wanted, at) : NULL;
        if (behind == at && name)
            return talloc_asprintf(context, "%s in %s:%d", name, file, line);
        behind += behind == at;
        for (; at < behind; at++)
            line += *at == '\n';
    }
    return NULL;
}

static const char *first_of(const void *context, const struct wanted *wanted,
                            const struct sources *sources)
{
    const char *found = NULL;
    for (size_t i = 0; !found && sources->files[i]; i++) {
        const char *file = sources->files[i], *slash = strrchr(file, '/');
        char *text = file_read(context, file[0] == '/' ? NULL : sources->root, file, SOURCE_LIMIT,
                               NULL, NULL);
        found = text ? first_in(context, wanted, slash ? slash + 1 : file, text) : NULL;
        talloc_free(text);
    }
    return found;
}

const char *calls_printing(const void *context, const struct sources *sources)
{
    return first_of(context, &printing, sources);
}

const char *calls_openmp(const void *context, const struct sources *sources)
{
    return first_of(context, &openmp, sources);
}

const char *calls_assembly(const void *context, const struct sources *sources)
{
    return first_of(context, &assembly, sources);
}

const char *calls_streams(const void *context, const struct sources *sources)
{
    return first_of(context, &ways, sources) ? first_of(context, &streams, sources) : NULL;
}
