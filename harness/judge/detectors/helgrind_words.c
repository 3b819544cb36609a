// See helgrind_words.h. Called by helgrind.c, after it has taken from the text what it needs
// itself.

#include "helgrind_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// Prints the thread whose number in valgrind's count is there, and gives what comes behind it.
static const char *put_thread(FILE *out, const char *number)
{
    char *end;
    long thread = strtol(number, &end, 10);
    if (thread <= 1)
        fputs("main", out);
    else
        fprintf(out, "T%ld", thread - 1);
    return end;
}

// What is behind an address, with the word "at " or without, that begins here; NULL if none does.
static const char *behind_address(const char *at)
{
    const char *start = strncmp(at, "at ", 3) == 0 ? at + 3 : at;
    if (strncmp(start, "0x", 2) != 0)
        return NULL;
    start += 2 + strspn(start + 2, "0123456789abcdefABCDEF");
    return *start == ' ' ? start + 1 : start;
}

const char *helgrind_words(const void *context, const char *text)
{
    static const char thread[] = "hread #";
    char *words = NULL;
    size_t size;
    if (strstr(text, "lock order \""))
        return "locks are taken in opposite orders";
    FILE *out = open_memstream(&words, &size);
    if (!out)
        abort();
    for (const char *at = text; *at;) {
        const char *behind = behind_address(at);
        if (behind)
            at = behind;
        else if ((*at == 'T' || *at == 't') && strncmp(at + 1, thread, sizeof thread - 1) == 0)
            at = put_thread(out, at + sizeof thread);
        else
            putc(*at++, out);
    }
    fclose(out);
    const char *copy = talloc_strdup(context, words);
    free(words);
    return copy;
}
