#define _GNU_SOURCE
#include "tsan_text.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// A recursion that is deeper than this has left ThreadSanitizer's own stack of calls (65,536
// places): it then crashes where it notes the next call.
enum { DEEP = 200 };

struct text_reader {
    const void *context;
    const struct program *program;
    const char *module; // the program's base name: what clang 14 to 21 call it in stacks
};

// ---- Stacks ----

// Cuts ":NUMBER" off the end of `text`; returns the number, or 0 if there is none.
static int cut_number(char *text)
{
    char *colon = strrchr(text, ':');
    if (!colon || !isdigit((unsigned char)colon[1]))
        return 0;
    *colon = '\0';
    return atoi(colon + 1);
}

// Where the module begins in "... (MODULE+0x12ab) (BuildId: ...)", if it is the program; else NULL.
static const char *find_module(const struct text_reader *reader, const char *line)
{
    const char *const names[] = {reader->program->path, reader->module};
    for (size_t i = 0; i < 2; i++) {
        const char *found = strstr(line, talloc_asprintf(reader->context, " (%s+0x", names[i]));
        if (found)
            return found;
    }
    return NULL;
}

// "    #2 counter_new FILE:12:5 (program+0x...)" -> the place, if it lies in the program and is
// known. Names of files may hold blanks and parentheses.
static bool read_frame(const struct text_reader *reader, const char *line, struct place *place)
{
    int function = 0, file = 0;
    sscanf(line, " #%*d %n%*s %n", &function, &file);
    const char *module = file ? find_module(reader, line) : NULL;
    if (!module || module <= line + file)
        return false;
    char *where = talloc_strndup(reader->context, line + file, (size_t)(module - line - file));
    int last = cut_number(where), before = last ? cut_number(where) : 0;
    place->function =
        talloc_strndup(reader->context, line + function, strcspn(line + function, " "));
    if (!last || place_is_ours(place->function, where))
        return false;
    place->file = place_file(reader->context, reader->program->root, where);
    place->line = before ? before : last;
    place->column = before ? last : 0;
    return true;
}

// The stack below the line at `from`: the program's own places. `top` is its first function.
static struct trace read_stack(const struct text_reader *reader, const char *from, const char **top)
{
    struct trace trace = {0};
    *top = "";
    for (const char *next = strchr(from, '\n'); next; next = strchr(next + 1, '\n')) {
        const char *line = talloc_strndup(reader->context, next + 1, strcspn(next + 1, "\n"));
        struct place place = {0};
        int at = 0;
        sscanf(line, " #%*d %n", &at);
        if (at && !(*top)[0])
            *top = line + at;
        if (!at && (*top)[0])
            break; // behind the stack
        if (at && read_frame(reader, line, &place)) {
            trace.places =
                array_grow(reader->context, trace.places, sizeof *trace.places, trace.count);
            trace.places[trace.count++] = place;
        }
    }
    return trace;
}

// ---- Sentences ----

// What ThreadSanitizer prints before it gives up, in clang 14 to 19, at the beginning of a line.
static const struct failure {
    const char *mark;
    const char *meaning; // said before the rest of the line
} failures[] = {
    {"FATAL: ThreadSanitizer: ", ""},
    {"FATAL: ThreadSanitizer ", ""},
    {"FATAL: ", ""},
    {"ERROR: ThreadSanitizer failed to ", "failed to "},
    {"ERROR: ThreadSanitizer: out of memory: ", "out of memory: "},
    {"ThreadSanitizer: CHECK failed: ", "a check of its own failed: "},
    {"ThreadSanitizer: Thread limit ", "thread limit "},
    {"ThreadSanitizer: starting new threads ", "starting new threads "},
};

static void set_failed(const struct text_reader *reader, struct tsan_text *told,
                       const char *meaning, const char *rest)
{
    told->end = TSAN_FAILED;
    told->words = talloc_asprintf(reader->context, "ThreadSanitizer failed: %s%.*s", meaning,
                                  (int)strcspn(rest, "\n"), rest);
}

// Checks of its own that fail by what the program does: a join or detach of what is no thread; more
// locks at once than its search for lock orders has room for (64), which can be left out.
static void read_check(const struct text_reader *reader, const char *rest, struct tsan_text *told)
{
    const char *top, *line = talloc_strndup(reader->context, rest, strcspn(rest, "\n"));
    set_failed(reader, told, "a check of its own failed: ", rest);
    told->trace = read_stack(reader, rest, &top);
    if (strstr(line, "sanitizer_thread_registry.cpp") && told->trace.count > 0)
        told->end = TSAN_JOIN;
    if (strstr(line, "sanitizer_deadlock_detector"))
        told->retry = "detect_deadlocks=0";
}

// Whether the tool's own code, in which it notes what the program is about to do, has this name.
// Bad pointers crash in the program's code, for the tool's shadow of them is mapped: but for those
// that no process can have, and then the tool's shadow may as well be broken.
static bool is_noting(const char *function)
{
    static const char *const names[] = {"__tsan_func_", "__tsan_read", "__tsan_write",
                                        "__tsan_unaligned_", "__tsan_volatile_"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(function, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

// "SEGV on unknown address 0x0 (pc 0x1 ...)". A stack without one place of the program, or one that
// ends where the tool notes something, is a crash of the tool itself: it has not seen the thread
// begin, or the program has mapped memory over the tool's. Deep stacks have run out.
static void read_crash(const struct text_reader *reader, const char *rest, struct tsan_text *told)
{
    const char *top;
    size_t name = strcspn(rest, " \n");
    told->trace = read_stack(reader, rest, &top);
    if (!top[0]) {
        told->end = TSAN_CRASH;
        told->words = talloc_asprintf(
            reader->context, "SIG%.*s (the stack cannot be read: it may have been written over)",
            (int)name, rest);
        return;
    }
    bool wild = strncmp(top, "<null>", strlen("<null>")) == 0;
    if ((is_noting(top) && told->trace.count < DEEP) || (!wild && told->trace.count == 0)) {
        const char *registers = strstr(rest, " (pc ");
        size_t length = strcspn(rest, "\n");
        if (registers && registers < rest + length)
            length = (size_t)(registers - rest);
        told->end = TSAN_FAILED;
        told->words = talloc_asprintf(reader->context, "ThreadSanitizer itself crashed: %.*s",
                                      (int)length, rest);
        return;
    }
    bool null = wild && strstr(rest, " (pc 0x000000000000 ");
    told->end = TSAN_CRASH;
    told->words = strncmp(rest, "stack-overflow", strlen("stack-overflow")) == 0
                      ? "SIGSEGV (the stack has run out)"
                      : talloc_asprintf(reader->context, "SIG%.*s%s", (int)name, rest,
                                        null ? " (a null pointer was called)" : "");
}

// Reads a line without its "==PID==". Returns whether it says how the run came to its end.
static bool read_line(const struct text_reader *reader, const char *line, struct tsan_text *told)
{
    static const char check[] = "ThreadSanitizer: CHECK failed: ";
    static const char crash[] = "ERROR: ThreadSanitizer: ";
    if (strncmp(line, check, strlen(check)) == 0)
        read_check(reader, line + strlen(check), told);
    for (size_t i = 0; !told->end && i < sizeof failures / sizeof failures[0]; i++)
        if (strncmp(line, failures[i].mark, strlen(failures[i].mark)) == 0)
            set_failed(reader, told, failures[i].meaning, line + strlen(failures[i].mark));
    if (!told->end && strncmp(line, crash, strlen(crash)) == 0)
        read_crash(reader, line + strlen(crash), told);
    return told->end != TSAN_SAYS_NOTHING;
}

void tsan_text_read(const void *context, const struct program *program, const char *text,
                    struct tsan_text *told)
{
    const char *slash = strrchr(program->path, '/');
    struct text_reader reader = {
        .context = context, .program = program, .module = slash ? slash + 1 : program->path};
    *told = (struct tsan_text){0};
    for (const char *line = text; line && *line;) {
        int prefix = 0;
        sscanf(line, "==%*d==%n", &prefix);
        if (read_line(&reader, line + prefix, told))
            return;
        line = strchr(line, '\n');
        line += line != NULL;
    }
}
