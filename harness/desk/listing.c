#include "listing.h"

#include "advance.h"
#include "base/terminal.h"
#include "base/text.h"
#include "record.h"

#include <string.h>
#include <talloc.h>

enum {
    STATE_WIDTH = 12, // of the longest, "not started", and a blank
    TITLE_LEAST = 20, // columns of a title; where less is left, it has a line of its own
    APART = 5,        // where that begins
};

static enum paint state_paint(enum state state)
{
    static const enum paint paints[] = {PAINT_FAINT, PAINT_ODD, PAINT_BAD, PAINT_GOOD};
    return paints[state];
}

// "1-lost-updates                [##-----] 2 of 7": of the whole chapter, whatever is listed of it.
static void print_chapter(FILE *out, const struct course *course, const char *chapter)
{
    size_t done = 0, count = 0;
    for (size_t i = 0; i < course->count; i++) {
        if (strcmp(course->exercises[i]->chapter, chapter) != 0)
            continue;
        count++;
        done += record_state(course, course->exercises[i]) == STATE_DONE;
    }
    char *bar = advance_bar(NULL, done, count, count + 2);
    fprintf(out, "%s%-19s%s %s %zu of %zu\n", paint(PAINT_STRONG), chapter, paint(PAINT_OFF), bar,
            done, count);
    talloc_free(bar);
}

// "  01 counter not started  A counter that loses updates"; `width` is that of the names.
static void print_exercise(FILE *out, int width, const struct exercise *exercise, enum state state)
{
    int column = fprintf(out, "  %s %-*s ", exercise->number, width, exercise->name);
    fprintf(out, "%s%-*s%s ", paint(state_paint(state)), STATE_WIDTH, state_name(state),
            paint(PAINT_OFF));
    size_t indent = (size_t)column + STATE_WIDTH + 1;
    bool apart = indent > terminal_width() - TITLE_LEAST;
    char *title = text_wrap(NULL, exercise->title, terminal_width(), apart ? APART : indent);
    fprintf(out, "%s%*s%s\n", apart ? "\n" : "", apart ? APART : 0, "", title);
    talloc_free(title);
}

static void print_list(FILE *out, const struct course *course,
                       const struct exercise *const *exercises)
{
    const char *chapter = "", **names = list_new(NULL);
    for (size_t i = 0; exercises[i]; i++)
        list_add(&names, exercises[i]->name);
    int width = list_widest(names);
    for (size_t i = 0; exercises[i]; i++) {
        const struct exercise *exercise = exercises[i];
        if (strcmp(chapter, exercise->chapter) != 0) {
            fprintf(out, "%s", i > 0 ? "\n" : "");
            print_chapter(out, course, exercise->chapter);
        }
        chapter = exercise->chapter;
        print_exercise(out, width, exercise, record_state(course, exercise));
    }
    talloc_free(names);
}

static void print_whole(FILE *out, const struct course *course)
{
    struct advance advance = advance_look(course, NULL);
    fputc('\n', out);
    advance_show(out, &advance);
    if (advance.next)
        fprintf(out, ", next: %s", advance.next->name);
    fputc('\n', out);
}

void listing_print(FILE *out, const struct course *course, const struct exercise *const *exercises,
                   bool whole)
{
    print_list(out, course, exercises);
    if (whole)
        print_whole(out, course);
}
