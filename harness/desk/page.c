#include "page.h"

#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/names.h"
#include "course/pages.h"
#include "listing.h"
#include "output/explain.h"
#include "output/telling.h"
#include "view.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

enum { MARGIN = 2, BAR_MOST = 32, JUDGE_COLUMN = 10, VERDICT_COLUMN = 15 };

// What was written to a stream in memory, as a talloc child of `context`.
static char *keep(const void *context, FILE *draft, char **text)
{
    fclose(draft);
    char *kept = talloc_strdup(context, *text);
    free(*text);
    return kept;
}

// The reason without "Helgrind reports ", which its row says already.
static const char *what_is_said(const struct judgement *judgement)
{
    const char *reason = judgement->reason, *title = judgement->detector->title;
    const char *behind = strstr(reason, " reports ");
    bool plain = judgement->verdict == VERDICT_CLEAN && !judgement->reading.note;
    if (plain && !judgement->detector->explores)
        return "";
    bool named = strncasecmp(reason, title, strlen(title)) == 0 && behind == reason + strlen(title);
    return named ? behind + strlen(" reports ") : reason;
}

static char *judge_row(const void *context, const struct sitting *sitting,
                       const struct detector *judge, size_t columns)
{
    const struct judgement *judgement = sitting_verdict(sitting, judge);
    const char *word = sitting->hearing ? "judging ..." : "";
    enum paint colour = PAINT_FAINT;
    if (judgement) {
        word = verdict_name(judgement->verdict);
        colour = judgement->verdict == VERDICT_CLEAN      ? PAINT_GOOD
                 : verdict_is_against(judgement->verdict) ? PAINT_BAD
                                                          : PAINT_ODD;
    }
    char *row = talloc_asprintf(context, "  %-*s%s%-*s%s%s", JUDGE_COLUMN, judge->name,
                                paint(colour), VERDICT_COLUMN, word, paint(PAINT_OFF),
                                judgement ? what_is_said(judgement) : "");
    return view_cut(context, row, columns);
}

// As links, where the terminal makes links of files.
static char *file_lines(const void *context, const struct sitting *sitting)
{
    const struct exercise *exercise = sitting->exercise;
    char *text = talloc_strdup(context, "");
    for (size_t i = 0; exercise->edit[i]; i++) {
        const char *file = path_join(text, exercise->folder, exercise->edit[i]);
        const char *path = path_join(text, sitting->course->root, file);
        text = talloc_asprintf_append(text, "  %s\n", terminal_link(text, path, file));
    }
    return text;
}

char *page_head(const void *context, const struct sitting *sitting, size_t columns)
{
    const struct exercise *exercise = sitting->exercise;
    void *scratch = talloc_new(context);
    const char *page = page_read(scratch, sitting->course, exercise, NULL);
    const char *task = page ? page_task(scratch, page) : NULL;
    char *head = talloc_asprintf(context, "%s%s%s, %s\n", paint(PAINT_STRONG), exercise->name,
                                 paint(PAINT_OFF), exercise->title);
    if (task)
        head = talloc_asprintf_append(head, "  %s\n", task);
    head = talloc_asprintf_append(head, "%s\n", file_lines(scratch, sitting));
    for (size_t i = 0; sitting->judges[i]; i++)
        head = talloc_asprintf_append(head, "%s\n",
                                      judge_row(scratch, sitting, sitting->judges[i], columns));
    talloc_free(scratch);
    return talloc_asprintf_append(head, "\n");
}

// Where abstentions decide nothing: why the judges abstain, and what can be done.
static void show_open(FILE *out, const struct sitting *sitting)
{
    char *open = sitting_tell_open(NULL, sitting);
    for (size_t i = 0; open && i < sitting->heard_count; i++)
        if (sitting->heard[i]->verdict == VERDICT_ABSTAINS)
            explain_line(out, 0, sitting->heard[i]);
    if (open)
        fprintf(out, "\n%s\n", text_wrap(open, open, terminal_width(), 0));
    talloc_free(open);
}

char *page_findings(const void *context, const struct sitting *sitting)
{
    char *text = NULL;
    size_t size;
    struct telling telling = {0};
    FILE *draft = open_memstream(&text, &size);
    for (size_t i = 0; sitting->judges[i]; i++)
        if (sitting_verdict(sitting, sitting->judges[i]))
            telling_hear(&telling, sitting_verdict(sitting, sitting->judges[i]));
    for (size_t i = 0; sitting->judges[i]; i++) {
        const struct judgement *judgement = sitting_verdict(sitting, sitting->judges[i]);
        if (judgement && judgement->verdict != VERDICT_CLEAN &&
            judgement->verdict != VERDICT_ABSTAINS)
            tell_story(draft, &telling, judgement);
    }
    show_open(draft, sitting);
    if (sitting_is_done(sitting)) {
        fprintf(draft, "%sDone.%s\n", paint(PAINT_GOOD), paint(PAINT_OFF));
        advance_tell(draft, sitting->course, sitting->exercise);
        if (advance_look(sitting->course, sitting->exercise).next)
            fprintf(draft, "\nn opens it.\n");
    }
    return keep(context, draft, &text);
}

char *page_foot(const void *context, const struct advance *advance, const char *how,
                const char *keys, size_t columns)
{
    size_t room = columns / 2 < BAR_MOST ? columns / 2 : BAR_MOST;
    char *bar = advance_bar(context, advance->done, advance->count, room);
    char *line =
        talloc_asprintf(context, "%s %zu of %zu done; %s", bar, advance->done, advance->count, how);
    return talloc_asprintf(context, "%s\n%s%s%s\n", view_cut(context, line, columns),
                           paint(PAINT_FAINT), keys, paint(PAINT_OFF));
}

char *page_list(const void *context, const struct course *course)
{
    char *text = NULL;
    size_t size;
    const char *const none[] = {NULL};
    const struct exercise **all = course_choose(context, course, none, NULL);
    FILE *draft = open_memstream(&text, &size);
    listing_print(draft, course, all, true);
    return keep(context, draft, &text);
}
