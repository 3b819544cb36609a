// Text that is safe to show wherever it came from. The outputs that people read (feedback, lists,
// gradebooks) and html.c call these for everything that students had a hand in.

#include "plain.h"

#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    REPLACEMENT = 0xfffd,
    STORY_LINE = 120,   // characters of a line; the explanations themselves keep to 80
    STORY_BYTES = 8000, // of a story
};

// The character at `*at`, which moves past it: REPLACEMENT for each byte that is part of none.
// Never moves past a NUL that ends the text.
static uint32_t next_character(const unsigned char **at)
{
    uint32_t character = 0;
    size_t length = utf8_decode((const char *)*at, strnlen((const char *)*at, 4), &character);
    *at += length ? length : 1;
    return length ? character : REPLACEMENT;
}

// Writes a character as UTF-8 and gives the place behind it.
static char *put_character(char *out, uint32_t character)
{
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    int more = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    *out++ = (char)(leads[more] | character >> 6 * more);
    while (more-- > 0)
        *out++ = (char)(0x80 | (character >> 6 * more & 0x3f));
    return out;
}

static bool is_unsafe(uint32_t character)
{
    bool control = (character < 0x20 && character != '\n' && character != '\t') ||
                   (character >= 0x7f && character < 0xa0);
    bool direction = (character >= 0x202a && character <= 0x202e) ||
                     (character >= 0x2066 && character <= 0x2069);
    bool line_end = character == 0x2028 || character == 0x2029;
    return control || direction || line_end || (character & 0xfffe) == 0xfffe;
}

// The length of a terminal's sequence for colour and the like (ESC [ parameters final); 0: none
// begins here.
static size_t sequence_length(const unsigned char *at)
{
    if (at[0] != 033 || at[1] != '[')
        return 0;
    size_t length = 2;
    while (at[length] >= 0x20 && at[length] <= 0x3f)
        length++;
    return at[length] >= 0x40 && at[length] <= 0x7e ? length + 1 : 0;
}

char *plain_copy(const void *context, const char *text)
{
    const unsigned char *at = (const unsigned char *)(text ? text : "");
    char *safe = talloc_size(context, 3 * strlen((const char *)at) + 1), *out = safe;
    while (*at) {
        size_t skip = sequence_length(at);
        if (at[0] == '\r') {
            skip = at[1] == '\n' ? 2 : 1;
            *out++ = '\n';
        }
        at += skip;
        if (skip > 0)
            continue;
        uint32_t character = next_character(&at);
        out = put_character(out, is_unsafe(character) ? REPLACEMENT : character);
    }
    *out = '\0';
    return safe;
}

// The bytes of the first `count` characters of valid UTF-8, or all of them if there are fewer.
static size_t characters(const char *text, size_t count)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at && count-- > 0)
        next_character(&at);
    return (size_t)((const char *)at - text);
}

char *plain_line(const void *context, const char *text, size_t limit)
{
    char *line = plain_copy(context, text);
    for (char *at = line; *at; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    size_t spaces = strspn(line, " "), length = strlen(line);
    while (length > spaces && line[length - 1] == ' ')
        length--;
    memmove(line, line + spaces, length - spaces);
    line[length - spaces] = '\0';
    size_t end = characters(line, limit);
    if (line[end] == '\0')
        return line;
    line[characters(line, limit > 3 ? limit - 3 : 0)] = '\0';
    return talloc_strdup_append(line, "...");
}

static void put_story_line(FILE *out, const char *line, size_t length)
{
    size_t shown = characters(line, STORY_LINE);
    if (shown < length)
        fprintf(out, "%.*s...\n", (int)characters(line, STORY_LINE - 3), line);
    else
        fprintf(out, "%.*s\n", (int)length, line);
}

// Prints whole lines as long as there is room.
static void put_story(FILE *out, const char *text)
{
    long room = STORY_BYTES;
    size_t left = 0;
    while (*text) {
        size_t length = strcspn(text, "\n"), shown = characters(text, STORY_LINE);
        room -= (long)(shown < length ? shown : length) + 1;
        if (room >= 0)
            put_story_line(out, text, length);
        else
            left++;
        text += length + (text[length] == '\n');
    }
    if (left > 0)
        fprintf(out, "... and %zu line%s more\n", left, left == 1 ? "" : "s");
}

char *plain_story(const void *context, const char *text)
{
    char *safe = plain_copy(NULL, text), *story = NULL;
    for (size_t length = strlen(safe); length > 0 && safe[length - 1] == '\n'; length--)
        safe[length - 1] = '\0';
    size_t size;
    FILE *out = open_memstream(&story, &size);
    if (!out)
        abort();
    put_story(out, safe);
    fclose(out);
    char *copy = talloc_strdup(context, story);
    free(story);
    talloc_free(safe);
    return copy;
}

double plain_round(double number)
{
    return round(number * 100) / 100;
}

char *plain_number(const void *context, double number)
{
    char *text = talloc_asprintf(context, "%.2f", plain_round(number));
    size_t length = strlen(text);
    while (length > 1 && text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    text[length] = '\0';
    return strcmp(text, "-0") == 0 ? strcpy(text, "0") : text;
}
