// students/ID/feedback.html: what feedback.txt says, as a page of its own: no script, nothing
// loaded, light or dark as the reader likes it, narrow or printed. Standings are words; colour
// only repeats them.

#include "base/files.h"
#include "html.h"
#include "judge/finding.h"
#include "plain.h"
#include "report_parts.h"
#include "story_drawing.h"
#include "student_file.h"
#include "writers.h"

#include <string.h>
#include <talloc.h>

enum { NAME_LIMIT = 80, MESSAGE_LIMIT = 2000 };

// The policy lets nothing be loaded or run, should an escape ever be forgotten.
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\""
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n";

static const char style[] =
    "<style>\n"
    ":root { --text: #1b1b1f; --page: #ffffff; --faint: #5b5b66; --line: #d4d4dc;\n"
    "  --code: #f4f4f7; --good: #17692c; --bad: #a3191f; --odd: #7a4b00; --link: #1450b4; }\n"
    "@media (prefers-color-scheme: dark) { :root { --text: #e7e7ea; --page: #17181c;\n"
    "  --faint: #a5a5b0; --line: #3c3d45; --code: #222329; --good: #7fdc95; --bad: #ff9c9c;\n"
    "  --odd: #f1c161; --link: #93bbff; } }\n"
    "body { margin: 0 auto; max-width: 54rem; padding: 1rem; color: var(--text);\n"
    "  background: var(--page); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25; }\n"
    "h2 { font-size: 1.15rem; border-top: 1px solid var(--line); padding-top: 1rem; }\n"
    "h3 { font-size: 1rem; }\n"
    "a { color: var(--link); }\n"
    "table { border-collapse: collapse; margin: 1rem 0; }\n"
    "caption { text-align: left; color: var(--faint); }\n"
    "th, td { text-align: left; padding: .2rem 1.2rem .2rem 0; vertical-align: top;\n"
    "  border-bottom: 1px solid var(--line); }\n"
    "td:last-child, thead th:last-child, tfoot td { padding-right: 0; white-space: nowrap; }\n"
    "th { font-weight: 600; }\n"
    ".passed { color: var(--good); }\n"
    ".failed, .refused, .not-allowed, .unusable { color: var(--bad); }\n"
    ".ungradable { color: var(--odd); }\n"
    ".missing, .not-started { color: var(--faint); }\n"
    ".note { border-left: .3rem solid var(--odd); padding-left: .7rem; }\n"
    "pre { background: var(--code); padding: .8rem; overflow-x: auto; overflow-wrap: normal;\n"
    "  font: .85rem/1.4 ui-monospace, monospace; border-radius: .3rem; }\n"
    // A drawing is wider than text is read: it takes what the window has.
    "@media screen and (min-width: 60rem) { .story-pair { flex-direction: column;\n"
    "  position: relative; left: 50%; transform: translateX(-50%);\n"
    "  width: max-content; min-width: 100%; max-width: calc(100vw - 3rem); } }\n"
    "@media print { body { max-width: none; padding: 0; }\n"
    "  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); }\n"
    "  h2 { break-after: avoid; } tr { break-inside: avoid; } }\n";

// The standing as a class of the style sheet.
static const char *style_of(enum standing standing)
{
    return standing == STANDING_NOT_STARTED   ? "not-started"
           : standing == STANDING_NOT_ALLOWED ? "not-allowed"
                                              : standing_name(standing);
}

// A text made safe, between what opens and closes its element; nothing for NULL or "".
static void put_element(FILE *out, const char *open, const char *text, const char *close)
{
    char *line = html_line(NULL, text, MESSAGE_LIMIT);
    if (*line)
        fprintf(out, "%s%s%s\n", open, line, close);
    talloc_free(line);
}

static void put_head(FILE *out, const struct class *class, const struct student *student)
{
    void *scratch = talloc_new(NULL);
    const char *name = html_line(scratch, student->name, NAME_LIMIT);
    const char *title = html_line(scratch, class->title, NAME_LIMIT);
    fprintf(out, "%s<title>Feedback for %s</title>\n%s%s</style>\n</head>\n", head, name, style,
            story_css);
    fprintf(out, "<body>\n<main>\n<h1>Feedback for <bdi>%s</bdi></h1>\n", name);
    fprintf(out, "<p>Class: %s. Handed in as: %s</p>\n", title, student->id);
    fprintf(out, "<p>You have <strong>%s of %s points</strong>.</p>\n",
            plain_number(scratch, student->points), plain_number(scratch, student->most));
    put_element(out, "<p>Late: ", student->late, "</p>");
    put_element(out, "<p class=\"note\">", student->message, "</p>");
    put_element(out, "<p class=\"note\">", class->sandboxed ? NULL : UNSANDBOXED, "</p>");
    talloc_free(scratch);
}

static void put_row(FILE *out, const struct student *student, const struct cell *cell)
{
    char *name = html_line(NULL, cell->exercise->name, NAME_LIMIT);
    if (cell_has_more(student, cell))
        fprintf(out, "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th>", name, name);
    else
        fprintf(out, "<tr><th scope=\"row\">%s</th>", name);
    fprintf(out, "<td class=\"%s\">%s</td><td>%s</td></tr>\n", style_of(cell->standing),
            standing_name(cell->standing), cell_points(name, cell));
    talloc_free(name);
}

static void put_table(FILE *out, const struct class *class, const struct student *student)
{
    fputs("<table>\n<caption>All exercises</caption>\n<thead><tr><th scope=\"col\">Exercise</th>"
          "<th scope=\"col\">Standing</th><th scope=\"col\">Points</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < class->exercise_count; i++)
        put_row(out, student, &student->cells[i]);
    fputs("</tbody>\n</table>\n", out);
}

static char *drawing_title(const void *context, const json_t *finding, bool consequence)
{
    const char *kind = json_text(finding, "kind"), *variable = json_text(finding, "variable");
    const char *promise = strcmp(kind, kind_name(KIND_WRONG_RESULT)) == 0 &&
                                  json_text(json_object_get(finding, "story"), "scene")
                              ? json_text(finding, "what")
                              : NULL;
    const char *lead = consequence ? "What can come of it: " : "";
    if (promise)
        return talloc_asprintf(context, "%sa broken promise, \"%s\"", lead, promise);
    return talloc_asprintf(context, "%s%s%s%s", lead, kind, variable ? " on " : "",
                           variable ? variable : "");
}

// Draws the first schedule that shows something, and, where that is a data race, what can come of
// it: the first that shows something else.
static void put_drawings(FILE *out, const json_t *failure, const char *id)
{
    size_t i;
    json_t *finding;
    const char *first = NULL;
    json_array_foreach(json_object_get(failure, "findings"), i, finding)
    {
        const json_t *story = json_object_get(finding, "story");
        const char *kind = json_text(finding, "kind");
        if (!json_array_size(json_object_get(story, "rows")) || !kind ||
            (first && strcmp(kind, first) == 0))
            continue;
        char *title = drawing_title(NULL, finding, first != NULL);
        char *name = talloc_asprintf(title, "%s-%zu", id, i);
        story_draw(out, story, title, name);
        talloc_free(title);
        if (first || strcmp(kind, kind_name(KIND_DATA_RACE)) != 0)
            return;
        first = kind;
    }
}

// A story scrolls by itself where it is too wide; the keyboard must reach it for that.
static void put_stories(FILE *out, const struct cell *cell)
{
    size_t index = 0;
    for (const json_t *failure; (failure = cell_next_failure(cell, &index));) {
        void *scratch = talloc_new(NULL);
        const char *detector = html_line(scratch, json_text(failure, "detector"), NAME_LIMIT);
        const char *verdict = html_line(scratch, json_text(failure, "verdict"), NAME_LIMIT);
        const char *story = json_text(failure, "story");
        story = html_story(scratch, story ? story : json_text(failure, "reason"));
        fprintf(out, "<h3>%s: %s</h3>\n", detector, verdict);
        put_drawings(out, failure,
                     talloc_asprintf(scratch, "%s-%s",
                                     html_line(scratch, cell->exercise->name, NAME_LIMIT),
                                     detector));
        fprintf(out, "<pre tabindex=\"0\" role=\"region\" aria-label=\"What %s says\">%s</pre>\n",
                detector, story);
        put_element(out, "<p>", cell_agreement(scratch, cell, failure), "</p>");
        talloc_free(scratch);
    }
}

static void put_exercise(FILE *out, const struct cell *cell)
{
    void *scratch = talloc_new(NULL);
    const char *name = html_line(scratch, cell->exercise->name, NAME_LIMIT);
    fprintf(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", name, name,
            html_line(scratch, cell->exercise->title, NAME_LIMIT));
    fprintf(out, "<p>%s: <span class=\"%s\">%s</span>, %s</p>\n", name, style_of(cell->standing),
            standing_name(cell->standing), cell_points(scratch, cell));
    put_element(out, "<p>", cell_message(scratch, cell), "</p>");
    put_stories(out, cell);
    fputs("</section>\n", out);
    talloc_free(scratch);
}

bool write_feedback_page(const struct class *class, const struct student *student, const char *out,
                         struct problem *problem)
{
    struct draft *draft = student_draft(student, out, "feedback.html", problem);
    if (!draft)
        return false;
    put_head(draft->out, class, student);
    put_table(draft->out, class, student);
    for (size_t i = 0; i < class->exercise_count; i++)
        if (cell_has_more(student, &student->cells[i]))
            put_exercise(draft->out, &student->cells[i]);
    fputs("</main>\n</body>\n</html>\n", draft->out);
    return draft_finish(draft, problem);
}
