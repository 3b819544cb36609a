#include "listing.h"

#include "advance.h"
#include "base/terminal.h"
#include "record.h"

#include <string.h>
#include <talloc.h>

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

static void print_list(FILE *out, const struct course *course,
                       const struct exercise *const *exercises)
{
    const char *chapter = "";
    for (size_t i = 0; exercises[i]; i++) {
        const struct exercise *exercise = exercises[i];
        enum state state = record_state(course, exercise);
        if (strcmp(chapter, exercise->chapter) != 0) {
            fprintf(out, "%s", i > 0 ? "\n" : "");
            print_chapter(out, course, exercise->chapter);
        }
        chapter = exercise->chapter;
        fprintf(out, "  %s %-16s %s%-12s%s %s\n", exercise->number, exercise->name,
                paint(state_paint(state)), state_name(state), paint(PAINT_OFF), exercise->title);
    }
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
