// grades.csv: the gradebook, as RFC 4180 and UTF-8, for spreadsheets and learning platforms.
//
// One row for each student under
//     id,name,<the exercises' names>,total,most,percent,late,ungradable,refused
// An exercise's cell holds its points, "ungradable" (no points known: the exercise is in neither
// total nor most), "refused" (0 points) or nothing (missing: 0 points). If the class was judged
// without a sandbox there is one more column, "unsafe", that says so in every row.

#include "base/files.h"
#include "plain.h"
#include "writers.h"

#include <string.h>
#include <talloc.h>

enum { FIELD_LIMIT = 200 }; // characters

// Whether a spreadsheet takes a field that begins like this for a formula. U+FF0B and its
// neighbours are the wide forms that East Asian versions take too.
static bool begins_formula(const char *text)
{
    static const char *const wide[] = {"\uff0b", "\uff0d", "\uff1d", "\uff20", NULL};
    for (size_t i = 0; wide[i]; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return *text && strchr("=+-@", *text);
}

// Writes a text that students had a hand in. An apostrophe keeps spreadsheets from calculating
// it: at its begin, and after whatever a spreadsheet that is set to other separators or quotes
// takes for the begin of a field.
static void put_text(FILE *out, const char *text)
{
    char *line = plain_line(NULL, text, FIELD_LIMIT);
    bool quoted = line[strcspn(line, ",;\"'| ")] != '\0', begins = true;
    fputs(quoted ? "\"" : "", out);
    for (const char *at = line; *at; at++) {
        if (begins && begins_formula(at))
            fputc('\'', out);
        begins = strchr(",;|\"", *at) || (begins && *at == ' ');
        if (*at == '"')
            fputc('"', out);
        fputc(*at, out);
    }
    fputs(quoted ? "\"" : "", out);
    talloc_free(line);
}

static void put_number(FILE *out, double number)
{
    char *text = plain_number(NULL, number);
    fputs(text, out);
    talloc_free(text);
}

static void put_cell(FILE *out, const struct cell *cell)
{
    if (cell->standing == STANDING_UNGRADABLE || cell->standing == STANDING_REFUSED)
        fputs(standing_name(cell->standing), out);
    else if (cell->standing != STANDING_MISSING)
        put_number(out, cell->points);
}

static void put_student(FILE *out, const struct class *class, const struct student *student)
{
    put_text(out, student->id);
    fputc(',', out);
    put_text(out, student->name);
    for (size_t i = 0; i < class->exercise_count; i++) {
        fputc(',', out);
        put_cell(out, &student->cells[i]);
    }
    fputc(',', out);
    put_number(out, student->points);
    fputc(',', out);
    put_number(out, student->most);
    fputc(',', out);
    if (student->most > 0)
        put_number(out, 100 * student->points / student->most);
    fputc(',', out);
    put_text(out, student->late);
    fprintf(out, ",%zu,%zu%s\r\n", student->ungradable, student->refused,
            class->sandboxed ? "" : ",judged without a sandbox");
}

bool write_grades(const struct class *class, const char *out, struct problem *problem)
{
    struct draft *draft = draft_begin(NULL, out, "grades.csv", problem);
    if (!draft)
        return false;
    fputs("id,name", draft->out);
    for (size_t i = 0; i < class->exercise_count; i++) {
        fputc(',', draft->out);
        put_text(draft->out, class->exercises[i]->name);
    }
    fprintf(draft->out, ",total,most,percent,late,ungradable,refused%s\r\n",
            class->sandboxed ? "" : ",unsafe");
    for (size_t i = 0; i < class->count; i++)
        put_student(draft->out, class, &class->students[i]);
    return draft_finish(draft, problem);
}
