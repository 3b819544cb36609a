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
    // Whether what stands behind the name makes it none of these; NULL: nothing does.
    bool (*passed_over)(const char *behind);
};

static const struct wanted printing = {
    .names = {"printf", "puts", "putchar", "fprintf", "fputs", "fputc", "putc", "dprintf", "perror",
              "fwrite", "write"},
    .called = true,
};
static const struct wanted openmp = {.names = {"pragma omp"}};
static const struct wanted assembly = {.names = {"asm", "__asm__", "__asm"},
                                       .passed_over = calls_idle_assembly};
static const struct wanted streams = {.names = {"fdopen"}, .called = true};
static const struct wanted standard = {.names = {"dup2", "dup3"}, .called = true};
static const struct wanted news = {
    .names = {"inotify_init", "inotify_init1", "fanotify_init", "aio_read", "aio_write",
              "lio_listio", "mq_notify", "getaddrinfo_a", "signalfd", "mkfifo"},
    .called = true,
};
static const struct wanted locks = {.names = {"F_OFD_SETLKW", "F_OFD_SETLK"}};
static const struct wanted kills = {
    .names = {"pthread_kill", "pthread_sigqueue"},
    .called = true,
};
static const struct wanted handlers = {.names = {"sigaction", "signal"}, .called = true};
static const struct wanted exits = {.names = {"quick_exit", "_exit", "_Exit"}, .called = true};
static const struct wanted clones = {.names = {"clone", "clone3"}, .called = true};
static const struct wanted ways = {
    .names = {"pipe", "pipe2", "socketpair", "accept", "connect"},
    .called = true,
};

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

// ---- Assembly that does nothing ----

// Behind blanks, and what stands for them and for the end of an instruction in an assembly's text,
// also as LLVM writes it.
static const char *skip_blanks(const char *at, bool quoted)
{
    static const char *const blanks[] = {"\\n", "\\t", "\\0A", "\\09"};
    for (;;) {
        const char *from = at;
        at += strspn(at, quoted ? " ;" : " \t\n");
        for (size_t i = 0; quoted && i < sizeof blanks / sizeof blanks[0]; i++)
            if (strncmp(at, blanks[i], strlen(blanks[i])) == 0)
                at += strlen(blanks[i]);
        if (at == from)
            return at;
    }
}

// Behind the first of the words that stands at `at`; NULL: none does.
static const char *skip_word(const char *at, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(at, *words, strlen(*words)) == 0 && !is_word(at[strlen(*words)]))
            return at + strlen(*words);
    return NULL;
}

// Behind the quoted text at `at`, if it is nothing or one pause; NULL: it is not.
static const char *skip_idle_text(const char *at)
{
    static const char *const pauses[] = {"pause", "nop", "yield", "rep; nop", "rep;nop", NULL};
    if (*at != '"')
        return NULL;
    at = skip_blanks(at + 1, true);
    const char *pause = skip_word(at, pauses);
    at = skip_blanks(pause ? pause : at, true);
    return *at == '"' ? at + 1 : NULL;
}

bool calls_idle_assembly(const char *at)
{
    static const char *const qualifiers[] = {"volatile", "__volatile__", "__volatile", NULL};
    static const char *const clobbers[] = {"\"memory\"", "\"cc\"", ":", ",", NULL};
    at = skip_blanks(at, false);
    const char *behind = skip_word(at, qualifiers);
    at = skip_blanks(behind ? behind : at, false);
    at = *at == '(' ? skip_idle_text(skip_blanks(at + 1, false)) : NULL;
    while (at) {
        at = skip_blanks(at, false);
        if (*at == ')')
            return true;
        at = skip_word(at, clobbers);
    }
    return false;
}

bool calls_idle_text(const char *quoted)
{
    return skip_idle_text(quoted) != NULL;
}

// ---- Looking ----

// The name that begins at `at`, if it is one that is wanted.
static const char *name_at(const struct wanted *wanted, const char *at)
{
    for (size_t i = 0; wanted->names[i]; i++) {
        size_t length = strlen(wanted->names[i]);
        if (strncmp(at, wanted->names[i], length) == 0 && !is_word(at[length]) &&
            (!wanted->called || at[length + strspn(at + length, " \t")] == '(') &&
            !(wanted->passed_over && wanted->passed_over(at + length)))
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

const char *calls_news(const void *context, const struct sources *sources)
{
    const char *call = first_of(context, &news, sources);
    return call ? call : first_of(context, &locks, sources);
}

const char *calls_handlers(const void *context, const struct sources *sources)
{
    return first_of(context, &handlers, sources) ? first_of(context, &kills, sources) : NULL;
}

const char *calls_exit(const void *context, const struct sources *sources)
{
    return first_of(context, &exits, sources);
}

const char *calls_clone(const void *context, const struct sources *sources)
{
    return first_of(context, &clones, sources);
}

const char *calls_streams(const void *context, const struct sources *sources)
{
    return first_of(context, &ways, sources) ? first_of(context, &streams, sources) : NULL;
}

const char *calls_standard(const void *context, const struct sources *sources)
{
    return first_of(context, &ways, sources) ? first_of(context, &standard, sources) : NULL;
}
