#include "advance.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/pages.h"
#include "record.h"

#include <string.h>
#include <talloc.h>

enum { MARGIN = 2 };

struct advance advance_look(const struct course *course, const struct exercise *last)
{
    struct advance advance = {.count = course->count};
    const struct exercise *before = NULL, *behind = NULL;
    bool passed = false;
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        const struct exercise **place = passed ? &behind : &before;
        if (record_state(course, exercise) == STATE_DONE)
            advance.done++;
        else if (!*place)
            *place = exercise;
        passed |= exercise == last;
    }
    advance.next = behind ? behind : before;
    return advance;
}

char *advance_bar(const void *context, size_t done, size_t count, size_t width)
{
    size_t room = width > 2 ? width - 2 : 0;
    size_t full = count > 0 ? room * done / count : 0;
    char *bar = talloc_strdup(context, "[");
    for (size_t i = 0; i < room; i++)
        bar = talloc_strdup_append_buffer(bar, i < full ? "#" : "-");
    return talloc_strdup_append_buffer(bar, "]");
}

void advance_show(FILE *out, const struct advance *advance)
{
    char *bar = advance_bar(NULL, advance->done, advance->count, terminal_width() / 2 + 2);
    fprintf(out, "%s %zu of %zu done", bar, advance->done, advance->count);
    talloc_free(bar);
}

static void paragraph(FILE *out, size_t margin, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), margin);
    fprintf(out, "%*s%s\n", (int)margin, "", wrapped);
    talloc_free(wrapped);
}

// Nothing in a handout, which has no solutions.
static void tell_learned(FILE *out, const struct course *course, const struct exercise *exercise)
{
    void *scratch = talloc_new(NULL);
    const char *page = solution_read(scratch, course, exercise, NULL);
    const char *learned = page ? solution_learned(scratch, page) : NULL;
    if (learned) {
        fprintf(out, "\nWhat orders it now in our solution:\n");
        paragraph(out, MARGIN, learned);
        fprintf(out, "  The whole story: racelings solution %s\n", exercise->name);
    }
    talloc_free(scratch);
}

void advance_tell(FILE *out, const struct course *course, const struct exercise *last)
{
    struct advance advance = advance_look(course, last);
    tell_learned(out, course, last);
    if (!advance.next) {
        fputc('\n', out);
        advance_end(out, course);
        return;
    }
    char *text = talloc_asprintf(NULL, "Done: %zu of %zu. Next: %s, %s", advance.done,
                                 advance.count, advance.next->name, advance.next->title);
    fprintf(out, "\n%s\n  %s/README.md\n", text_wrap(text, text, terminal_width(), MARGIN),
            advance.next->folder);
    talloc_free(text);
}

void advance_introduce(FILE *out, const struct course *course, const struct exercise *exercise)
{
    void *scratch = talloc_new(NULL);
    const char *page = page_read(scratch, course, exercise, NULL);
    const char *task = page ? page_task(scratch, page) : NULL;
    fprintf(out, "%s%s%s, %s\n", paint(PAINT_STRONG), exercise->name, paint(PAINT_OFF),
            exercise->title);
    if (task)
        paragraph(out, MARGIN, task);
    fprintf(out, "  Read:  %s/README.md\n", exercise->folder);
    for (size_t i = 0; exercise->edit[i]; i++)
        fprintf(out, "  Mend:  %s/%s\n", exercise->folder, exercise->edit[i]);
    fprintf(out, "  Judge: racelings check %s\n", exercise->name);
    talloc_free(scratch);
}

void advance_end(FILE *out, const struct course *course)
{
    static const char *const left[] = {
        "racelings try FILE.c judges any C program of your own.",
        "racelings solution NAME tells of other right answers, and why the tempting ones are wrong.",
        "racelings play NAME lets you try to break what you made, once more.", NULL};
    if (course->count == 1)
        fprintf(out, "Every exercise is done: the course has no other.\n");
    else
        fprintf(out, "Every exercise is done: all %zu of them. Well ordered!\n", course->count);
    for (size_t i = 0; left[i]; i++)
        paragraph(out, MARGIN, left[i]);
}
