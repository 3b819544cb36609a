#include "nearest.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

enum { FARTHEST = 3 };

// How many letters must be put in, left out or changed to make one of the other (Levenshtein);
// anything beyond FARTHEST is as good as infinite. Capitals are no other letters.
static size_t distance(const char *typed, const char *known)
{
    size_t row[NAME_MAX + 1], columns = strlen(known);
    if (columns > NAME_MAX || strlen(typed) > columns + FARTHEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; typed[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            bool same =
                tolower((unsigned char)typed[i - 1]) == tolower((unsigned char)known[j - 1]);
            size_t changed = diagonal + !same;
            size_t shorter = row[j] < row[j - 1] ? row[j] : row[j - 1];
            diagonal = row[j];
            row[j] = changed < shorter + 1 ? changed : shorter + 1;
        }
    }
    return row[columns];
}

// The same for people: the beginning of a word is as near as a slip, and a word has nothing in
// common with one that differs in more than half of its letters.
static size_t letters_between(const char *typed, const char *known)
{
    size_t letters = distance(typed, known);
    if (*typed && strncasecmp(known, typed, strlen(typed)) == 0)
        return letters > 1 ? 1 : letters;
    return letters <= FARTHEST && 2 * letters <= strlen(known) ? letters : SIZE_MAX;
}

// Takes `name` out, if it is there and farther than `letters`. Returns false if it is there and
// stays.
static bool make_way(struct nearest *nearest, const char *name, size_t letters)
{
    size_t at = 0;
    while (at < nearest->count && strcmp(nearest->names[at], name) != 0)
        at++;
    if (at == nearest->count)
        return true;
    if (nearest->letters[at] <= letters)
        return false;
    nearest->count--;
    for (; at < nearest->count; at++) {
        nearest->names[at] = nearest->names[at + 1];
        nearest->letters[at] = nearest->letters[at + 1];
    }
    return true;
}

void nearest_offer(struct nearest *nearest, const char *spelling, const char *name)
{
    size_t letters = letters_between(nearest->typed, spelling);
    if (letters == SIZE_MAX || !make_way(nearest, name, letters))
        return;
    size_t at = nearest->count < NEAREST_MOST ? nearest->count : NEAREST_MOST;
    for (; at > 0 && nearest->letters[at - 1] > letters; at--) {
        if (at == NEAREST_MOST)
            continue; // the farthest falls out
        nearest->names[at] = nearest->names[at - 1];
        nearest->letters[at] = nearest->letters[at - 1];
    }
    if (at == NEAREST_MOST)
        return;
    nearest->names[at] = name;
    nearest->letters[at] = letters;
    if (nearest->count < NEAREST_MOST)
        nearest->count++;
}

char *nearest_question(const void *context, const struct nearest *nearest)
{
    char *text = talloc_strdup(context, "");
    for (size_t i = 0; i < nearest->count; i++)
        text =
            talloc_asprintf_append(text, "%s%s", i ? " or " : " did you mean ", nearest->names[i]);
    return nearest->count ? talloc_asprintf_append(text, "?") : text;
}
