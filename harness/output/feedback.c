// students/ID/feedback.txt: what a student reads without a browser. A table of all exercises, then
// of each what there is to know: the judges' stories, or what else kept it from passing. 80
// columns, but for lines that a story quotes. feedback_page.c says the same as a page.

#include "base/files.h"
#include "base/text.h"
#include "plain.h"
#include "student_file.h"
#include "writers.h"

#include <string.h>
#include <talloc.h>

enum { NAME_LIMIT = 60, MESSAGE_LIMIT = 2000, COLUMN_LEAST = 12, COLUMN_MOST = 40 };

static void put_rule(FILE *out, char mark, size_t length)
{
    while (length-- > 0)
        fputc(mark, out);
    fputc('\n', out);
}

// Wrapped text and an empty line; nothing for "".
static void put_paragraph(FILE *out, const char *text)
{
    char *line = plain_line(NULL, text, MESSAGE_LIMIT);
    if (*line)
        fprintf(out, "%s\n\n", text_wrap(line, line, TEXT_WIDTH, 0));
    talloc_free(line);
}

static void put_head(FILE *out, const struct class *class, const struct student *student)
{
    void *scratch = talloc_new(NULL);
    const char *points = plain_number(scratch, student->points);
    const char *most = plain_number(scratch, student->most);
    fprintf(out, "Racelings: feedback for %s\n",
            plain_line(scratch, student->name, NAME_LIMIT - 5));
    fprintf(out, "Class: %s\n", plain_line(scratch, class->title, NAME_LIMIT));
    fprintf(out, "Handed in as: %s\n", student->id);
    put_rule(out, '=', TEXT_WIDTH);
    fprintf(out, "\nYou have %s of %s points.\n", points, most);
    if (student->late)
        fprintf(out, "Late: %s\n", plain_line(scratch, student->late, NAME_LIMIT));
    fputc('\n', out);
    put_paragraph(out, student->message);
    if (!class->sandboxed)
        put_paragraph(out, UNSANDBOXED);
    talloc_free(scratch);
}

static size_t name_column(const struct class *class)
{
    size_t column = COLUMN_LEAST;
    for (size_t i = 0; i < class->exercise_count; i++) {
        size_t length = strlen(class->exercises[i]->name);
        column = length > column ? length : column;
    }
    return column < COLUMN_MOST ? column : COLUMN_MOST;
}

static void put_table(FILE *out, const struct class *class, const struct student *student)
{
    int column = (int)name_column(class);
    fprintf(out, "  %-*s  %-11s  %s\n  ", column, "Exercise", "Standing", "Points");
    put_rule(out, '-', (size_t)column + 28);
    for (size_t i = 0; i < class->exercise_count; i++) {
        const struct cell *cell = &student->cells[i];
        char *points = cell_points(NULL, cell);
        fprintf(out, "  %-*s  %-11s  %s\n", column, cell->exercise->name,
                standing_name(cell->standing), points);
        talloc_free(points);
    }
    fputc('\n', out);
}

static void put_exercise(FILE *out, const struct cell *cell)
{
    void *scratch = talloc_new(NULL);
    const char *head = talloc_asprintf(scratch, "%s: %s, %s", cell->exercise->name,
                                       standing_name(cell->standing), cell_points(scratch, cell));
    fprintf(out, "%s\n", head);
    put_rule(out, '-', strlen(head));
    fputc('\n', out);
    put_paragraph(out, cell_message(scratch, cell));
    const char *stories = cell_stories(scratch, cell);
    if (*stories)
        fprintf(out, "%s\n", stories);
    talloc_free(scratch);
}

bool write_feedback(const struct class *class, const struct student *student, const char *out,
                    struct problem *problem)
{
    struct draft *draft = student_draft(student, out, "feedback.txt", problem);
    if (!draft)
        return false;
    put_head(draft->out, class, student);
    put_table(draft->out, class, student);
    for (size_t i = 0; i < class->exercise_count; i++)
        if (cell_has_more(student, &student->cells[i]))
            put_exercise(draft->out, &student->cells[i]);
    return draft_finish(draft, problem);
}
