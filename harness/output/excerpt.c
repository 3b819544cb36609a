// See excerpt.h. Columns are counted in characters; a place counts bytes, as compilers do.

#include "excerpt.h"

#include "base/terminal.h"
#include "base/text.h"
#include "judge/source.h"

#include <string.h>
#include <talloc.h>

enum {
    BEFORE_LINE = 14,  // columns of "         24 | "
    BEHIND_CARET = 20, // so much of a line that is cut off is seen from the caret on
};

static const char dots[] = "...";
enum { DOTS = sizeof dots - 1 };

// For the line itself.
static size_t room(void)
{
    return terminal_width() - BEFORE_LINE;
}

// Prints a line for the place, "      counter.c:24, in counter_increment"; two where one is too
// short.
static void show_place(FILE *out, const struct place *place)
{
    char *where = talloc_asprintf(NULL, "%s:%d", place->file, place->line);
    size_t length = strlen("      , in ") + strlen(where) + strlen(place->function);
    fprintf(out, "      %s%s%s,%sin %s\n", paint(PAINT_STRONG), where, paint(PAINT_OFF),
            length > terminal_width() ? "\n        " : " ", place->function);
    talloc_free(where);
}

// The text behind so many characters, or its end.
static const char *skip(const char *text, size_t characters)
{
    while (characters > 0 && *text) {
        text++;
        while ((*text & 0xc0) == 0x80) // further bytes of the same character
            text++;
        characters--;
    }
    return text;
}

// The first character that is shown of a line that does not fit: behind its indentation, or further
// right if the caret would be too near the end.
static size_t first_shown(const char *line, size_t length, size_t caret)
{
    size_t behind = room() / 2 < BEHIND_CARET ? room() / 2 : BEHIND_CARET;
    size_t indentation = strspn(line, " "), seen = room() - DOTS - behind;
    if (length - indentation <= room() || caret <= indentation + seen)
        return indentation;
    size_t first = caret - seen;
    return length - first < room() ? length - room() : first;
}

// Nothing in a source may drive the terminal.
static void put_plain(FILE *out, const char *from, const char *to)
{
    for (; from < to; from++)
        fputc((unsigned char)*from < ' ' || *from == 127 ? '?' : *from, out);
}

// Prints the part of the line that fits, and gives its first character.
static size_t put_line(FILE *out, const char *line, size_t caret)
{
    size_t length = utf8_count(line, strlen(line));
    size_t first = length > room() ? first_shown(line, length, caret) : 0;
    bool begun = first > strspn(line, " "), cut = length - first > room();
    const char *from = skip(line, first + (begun ? DOTS : 0));
    const char *to = skip(line, first + (cut ? room() - DOTS : room()));
    fputs(begun ? dots : "", out);
    put_plain(out, from, to);
    fprintf(out, "%s\n", cut ? dots : "");
    return first;
}

static void show_line(FILE *out, const char *line, const struct place *place)
{
    bool known = place->column > 0 && (size_t)place->column <= strlen(line);
    size_t caret = known ? utf8_count(line, (size_t)place->column - 1) : 0;
    fprintf(out, "      %5d | ", place->line);
    size_t first = put_line(out, line, caret);
    if (known && caret >= first)
        fprintf(out, "            | %*s%s^%s\n", (int)(caret - first), "", paint(PAINT_BAD),
                paint(PAINT_OFF));
}

void excerpt_show(FILE *out, const char *root, const struct place *place)
{
    show_place(out, place);
    char *line = source_line(NULL, root, place->file, place->line);
    if (line)
        show_line(out, line, place);
    talloc_free(line);
}
