#define _GNU_SOURCE
#include "death.h"

#include <signal.h>
#include <string.h>
#include <talloc.h>

// What the C library prints before it aborts: behind "PROGRAM: FILE:LINE: FUNCTION: " the
// assertion, or what it found wrong of the heap or the stack. The program may print such words too;
// they say no more than why, of a program that has aborted.
static const char *const reasons[] = {
    "Assertion `",
    "free(): ",
    "malloc(): ",
    "realloc(): ",
    "double free or corruption",
    "corrupted ",
    "munmap_chunk(): ",
    "*** stack smashing detected ***",
};

// The last place of `words` in `output`, or NULL.
static const char *last_of(const char *output, const char *words)
{
    const char *last = NULL;
    for (const char *at = output; (at = strstr(at, words)) != NULL; at++)
        last = at;
    return last;
}

// Where the line of `output` begins that `at` is in.
static const char *line_of(const char *output, const char *at)
{
    while (at > output && at[-1] != '\n')
        at--;
    return at;
}

// The reason that its line begins with: "malloc(): corrupted top size" has two.
static const char *whole_reason(const char *output, const char *reason)
{
    const char *line = line_of(output, reason), *whole = reason;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        const char *at = strstr(line, reasons[i]);
        if (at && at < whole)
            whole = at;
    }
    return whole;
}

// The last reason in `output`, to the end of its line; NULL: there is none.
static char *reason_in(const void *context, const char *output)
{
    const char *last = NULL;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        const char *at = last_of(output, reasons[i]);
        if (at && (!last || at > last))
            last = at;
    }
    if (!last)
        return NULL;
    last = whole_reason(output, last);
    char *reason = talloc_strndup(context, last, strcspn(last, "\n"));
    size_t length = strlen(reason);
    if (length > 1 && reason[length - 1] == '.')
        reason[length - 1] = '\0';
    return reason;
}

// "shop.c:8" of "program: shop.c:8: sell: Assertion `...", or NULL.
static char *place_in(const void *context, const char *output)
{
    const char *last = last_of(output, "Assertion `");
    const char *line = last ? line_of(output, last) : NULL;
    const char *from = line ? strstr(line, ": ") : NULL;
    const char *to = from && from < last ? strstr(from + 2, ": ") : NULL;
    return to && to < last ? talloc_strndup(context, from + 2, (size_t)(to - from - 2)) : NULL;
}

const char *death_tell(const void *context, const char *signal, const struct place *place,
                       const char *output)
{
    bool aborted = strcmp(signal, "SIGABRT") == 0;
    const char *said = aborted ? place_in(context, output) : NULL;
    const char *reason = aborted ? reason_in(context, output) : NULL;
    char *told = aborted ? talloc_strdup(context, "aborted")
                         : talloc_asprintf(context, "%s%s", place ? "" : "ended by ", signal);
    if (place)
        told = talloc_asprintf_append(told, " in %s at %s:%d", place->function, place->file,
                                      place->line);
    else if (said)
        told = talloc_asprintf_append(told, " at %s", said);
    return reason ? talloc_asprintf_append(told, ": %s", reason) : told;
}

const char *death_tell_signal(const void *context, int signal, const char *output)
{
    const char *name = sigabbrev_np(signal);
    if (signal == SIGABRT)
        return death_tell(context, "SIGABRT", NULL, output);
    return talloc_asprintf(context, "ended by signal %d (%s%s: %s)", signal, name ? "SIG" : "",
                           name ? name : "?", strsignal(signal));
}
