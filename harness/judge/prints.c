#include "prints.h"

#include "base/files.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <talloc.h>

enum { SOURCE_LIMIT = 1 << 20 };

static const char *const calls[] = {"printf", "puts",    "putchar", "fprintf", "fputs", "fputc",
                                    "putc",   "dprintf", "perror",  "fwrite",  "write"};

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

// The name of the call that begins at `at`, if it prints.
static const char *call_at(const char *at)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        size_t length = strlen(calls[i]);
        if (strncmp(at, calls[i], length) == 0 && !is_word(at[length]) &&
            at[length + strspn(at + length, " \t")] == '(')
            return calls[i];
    }
    return NULL;
}

static const char *first_in(const void *context, const char *file, const char *text)
{
    int line = 1;
    for (const char *at = text; *at;) {
        const char *behind = skip_unread(at);
        const char *call = at == text || !is_word(at[-1]) ? call_at(at) : NULL;
        if (behind == at && call)
            return talloc_asprintf(context, "%s in %s:%d", call, file, line);
        behind += behind == at;
        for (; at < behind; at++)
            line += *at == '\n';
    }
    return NULL;
}

const char *prints_first(const void *context, const struct sources *sources)
{
    const char *found = NULL;
    for (size_t i = 0; !found && sources->files[i]; i++) {
        const char *file = sources->files[i], *slash = strrchr(file, '/');
        char *text = file_read(context, file[0] == '/' ? NULL : sources->root, file, SOURCE_LIMIT,
                               NULL, NULL);
        found = text ? first_in(context, slash ? slash + 1 : file, text) : NULL;
        talloc_free(text);
    }
    return found;
}
