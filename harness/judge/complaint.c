#include "complaint.h"

#include "base/files.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// What a linker says of a program that is at fault. Everything else it says (a runtime library not
// found, an output it cannot write) is the toolchain's.
static const struct {
    const char *words;
    const char *meaning; // NULL: the words speak for themselves
} linker_faults[] = {
    {"undefined symbol: __atomic_", "its atomic operations need a library: add -latomic"},
    {"undefined reference to `__atomic_", "its atomic operations need a library: add -latomic"},
    {"undefined reference to", NULL},
    {"undefined symbol:", NULL},
    {"relocation truncated to fit", "its static variables take more than 2 GB"},
    {" out of range: ", "its static variables take more than 2 GB"},
};

// The library that a linker does not find, of those that programs ask for themselves (racelings try
// -lNAME); NULL: it is the toolchain's own, or that is not what `line` says.
static const char *missing_library(const char *line)
{
    static const char *const own[] = {"m", "c", "pthread", "gcc", "gcc_s", "rt", "dl", NULL};
    static const char *const words[] = {"unable to find library -l", "cannot find -l"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *at = strstr(line, words[i]);
        size_t length = at ? strcspn(at + strlen(words[i]), ": ") : 0;
        char *name = length ? talloc_strndup(NULL, at + strlen(words[i]), length) : NULL;
        bool asked_for = name && !list_has(own, name) && strncmp(name, "clang_rt", 8) != 0;
        talloc_free(name);
        if (asked_for)
            return at + strlen(words[i]);
    }
    return NULL;
}

bool complaint_names_line(const char *messages)
{
    for (const char *at = messages; (at = strstr(at, "error: ")); at++) {
        const char *start = at;
        while (start > messages && start[-1] != '\n' && !isdigit((unsigned char)start[-1]))
            start--;
        size_t gap = (size_t)(at - start);
        if (start > messages && isdigit((unsigned char)start[-1]) &&
            (gap == strlen(": ") || gap == strlen(": fatal ")))
            return true;
    }
    return false;
}

bool complaint_misses_main(const char *messages)
{
    static const char *const words[] = {"undefined symbol: main", "undefined reference to `main"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (const char *at = messages; (at = strstr(at, words[i]));) {
            at += strlen(words[i]);
            if (!isalnum((unsigned char)*at) && *at != '_')
                return true;
        }
    return false;
}

// Whether the line that a linker's complaint begins with, at the start of `messages`, is about what
// the harness links in: GNU's linker names the place before the complaint, lld on the line after
// it.
static bool is_ours(const char *messages)
{
    static const char ours[] = "/racelings/runtime/";
    if (strncmp(messages, ours, strlen(ours)) == 0)
        return true;
    const char *next = messages + strcspn(messages, "\n");
    next += strspn(next, "\n");
    const char *place = strncmp(next, ">>> ", 4) == 0 ? strstr(next, ours) : NULL;
    return place && place < next + strcspn(next, "\n");
}

// A name in a linker's line, and the words that it stands behind.
struct mention {
    const char *words; // to the end of the line; NULL: there are none such
    const char *name;
    int length; // of the name
};

// lld's words are the first, GNU's linker's the second: that one puts the name between ` and '.
static struct mention find_mention(const char *line, const char *const words[2])
{
    for (size_t i = 0; i < 2; i++) {
        const char *found = strstr(line, words[i]);
        const char *name = found ? found + strlen(words[i]) : NULL;
        if (name)
            return (struct mention){found, name, (int)strcspn(name, "'")};
    }
    return (struct mention){0};
}

// "f is used, but nothing defines it (undefined symbol: f)": a linker's line for people who do not
// know linkers; the line as it is where it names nothing.
static const char *undefined_told(const void *context, const char *line)
{
    static const char *const words[] = {"undefined symbol: ", "undefined reference to `"};
    struct mention used = find_mention(line, words);
    if (!used.words)
        return line;
    return talloc_asprintf(context, "%.*s is used, but nothing defines it (%s)", used.length,
                           used.name, used.words);
}

// ", at counter.c:42 and main.c:25": lld tells the two places on the lines behind its complaint, at
// the start of `messages`. "": they are not told.
static const char *two_places(const void *context, const char *messages)
{
    static const char words[] = ">>> defined at ";
    const char *one = strstr(messages, words);
    const char *other = one ? strstr(one + 1, words) : NULL;
    if (!other)
        return "";
    one += strlen(words);
    other += strlen(words);
    return talloc_asprintf(context, ", at %.*s and %.*s", (int)strcspn(one, " \n"), one,
                           (int)strcspn(other, " \n"), other);
}

// "main is defined twice, at counter.c:42 and main.c:25 (duplicate symbol: main)", likewise. NULL:
// the line does not say so.
static const char *twice_told(const void *context, const char *line, const char *messages)
{
    static const char *const words[] = {"duplicate symbol: ", "multiple definition of `"};
    struct mention defined = find_mention(line, words);
    if (!defined.words)
        return NULL;
    return talloc_asprintf(context, "%.*s is defined twice%s (%s)", defined.length, defined.name,
                           two_places(context, messages), defined.words);
}

// What the line at the start of `messages`, of which `line` is a copy, has to say about the
// program; NULL if it is not about it.
static const char *fault_told(const char *line, const char *messages)
{
    if (complaint_misses_main(line))
        return "there is no main function in it: give all files of the program (an exercise of the "
               "course is judged by \"racelings check\")";
    if (strstr(line, "undefined ") && is_ours(messages))
        return NULL;
    const char *twice = twice_told(line, line, messages);
    if (twice)
        return twice;
    const char *library = missing_library(line);
    if (library)
        return talloc_asprintf(line,
                               "the library %.*s is not found on this machine: install it, or say "
                               "where it is by -L",
                               (int)strcspn(library, ": "), library);
    for (size_t i = 0; i < sizeof linker_faults / sizeof linker_faults[0]; i++)
        if (strstr(line, linker_faults[i].words))
            return linker_faults[i].meaning ? linker_faults[i].meaning : undefined_told(line, line);
    return complaint_names_line(line) ? line : NULL;
}

// What the first line of `messages` that is about the program says, or NULL. A file is called the
// same whether it was compiled itself or through another one, which calls it "./NAME".
static const char *first_fault(const void *context, const char *messages)
{
    for (const char *line = messages; *line; line += strspn(line, "\n")) {
        size_t length = strcspn(line, "\n");
        char *copy = talloc_strndup(context, line, length);
        const char *told = fault_told(copy, line);
        if (told)
            return strncmp(told, "./", 2) == 0 ? told + 2 : told;
        talloc_free(copy);
        line += length;
    }
    return NULL;
}

// Whether there is no room left below `folder`: a full disk makes compilers say all sorts. `why` is
// then filled.
static bool is_full(const void *context, const char *folder, const char *messages,
                    struct problem *why)
{
    static const char block[1 << 16];
    if (strstr(messages, strerror(ENOSPC)))
        return !problem_set(
            why, "no space left in %s; make room, or point TMPDIR to another folder", folder);
    bool written = file_write(folder, "space-left", block, sizeof block, why);
    unlink(path_join(context, folder, "space-left"));
    return !written;
}

// What clang says when the sandbox's limit on its address space is met.
static bool ran_out(const char *messages)
{
    return strstr(messages, "out of memory") || strstr(messages, "std::bad_alloc");
}

// Nothing in a source can make it say that first.
bool complaint_is_dump(const char *messages)
{
    static const char banner[] = "PLEASE submit a bug report to ";
    return strncmp(messages, banner, strlen(banner)) == 0;
}

// Whether clang was told by a signal that it has passed a limit, and went on. It survives that one
// (LLVM's handler returns), having removed what it has written so far; if it comes to its end
// before the next one, it fails as it does not find that.
static bool went_on(const struct outcome *outcome)
{
    return outcome->ending == ENDED_EXITED && outcome->number == 1 &&
           complaint_is_dump(outcome->output) &&
           strstr(outcome->output, "\nerror: unable to rename temporary ");
}

// The exit status of clang's driver: where that says 1 of a crash (clang 19 and 21 do), what it
// tells instead.
static int status_of(const struct outcome *outcome)
{
    static const char words[] = "\nclang: error: clang frontend command failed with exit code ";
    const char *told = outcome->number == 1 && complaint_is_dump(outcome->output)
                           ? strstr(outcome->output, words)
                           : NULL;
    return told ? atoi(told + strlen(words)) : outcome->number;
}

// The signal that ended the tool, also where a shell or clang's driver passes it on as an exit
// status; 0 if none did.
static int signal_of(const struct outcome *outcome)
{
    if (outcome->ending == ENDED_SIGNALLED)
        return outcome->number;
    int status = outcome->ending == ENDED_EXITED ? status_of(outcome) : 0;
    return status > 128 ? status - 128 : 0;
}

static bool is_crash(int signal)
{
    return signal == SIGSEGV || signal == SIGABRT || signal == SIGILL || signal == SIGBUS ||
           signal == SIGFPE || signal == SIGTRAP;
}

// A limit that was passed, in words; NULL: none was.
static const char *passed_limit(const void *context, const struct outcome *outcome)
{
    int signal = signal_of(outcome);
    if (outcome->ending == ENDED_TIMEOUT)
        return talloc_asprintf(context, "the compiler was still busy after %.0f seconds",
                               outcome->seconds);
    if (outcome->ending == ENDED_MEMORY || ran_out(outcome->output))
        return "the compiler needed more memory than it may use";
    if (signal == SIGXCPU)
        return talloc_asprintf(
            context,
            "the compiler passed a limit: it took more than %d seconds of processor "
            "time; does a macro or an #include repeat itself over and over?",
            COMPILER_SECONDS);
    if (outcome->ending == ENDED_FLOOD || signal == SIGXFSZ || went_on(outcome))
        return "the compiler passed a limit: too long a time, too large a file or too many "
               "messages";
    return NULL;
}

// What is said of a tool that failed by itself.
static const char *tell_failure(const void *context, const char *tool,
                                const struct outcome *outcome)
{
    int signal = signal_of(outcome);
    if (outcome->ending == ENDED_NOT_STARTED)
        return talloc_asprintf(context, "the compiler %s cannot be started: %s", tool,
                               strerror(outcome->number));
    if (outcome->output[0])
        return talloc_asprintf(context, "the compiler failed: %.*s",
                               (int)strcspn(outcome->output, "\n"), outcome->output);
    return talloc_asprintf(context, "the compiler failed (%s %d) without a message",
                           signal ? "signal" : "exit status", signal ? signal : outcome->number);
}

enum build_ending complaint_read(const void *context, const char *tool, const char *folder,
                                 const struct outcome *outcome, const char **why)
{
    struct problem full;
    *why = NULL;
    if (outcome->ending == ENDED_EXITED && outcome->number == 0)
        return BUILD_DONE;
    if (is_full(context, folder, outcome->output, &full)) {
        *why = talloc_strdup(context, full.text);
        return BUILD_FAILED;
    }
    const char *fault = first_fault(context, outcome->output);
    *why = outcome->ending == ENDED_FLOOD && fault ? fault : passed_limit(context, outcome);
    if (*why)
        return *why == fault ? BUILD_REJECTED : BUILD_EXCEEDED;
    bool crashed = is_crash(signal_of(outcome));
    *why = fault && !crashed ? fault : tell_failure(context, tool, outcome);
    if (crashed)
        return BUILD_CRASHED;
    return fault ? BUILD_REJECTED : BUILD_FAILED;
}
