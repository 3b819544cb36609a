// report.html: a template, kept in report/ and built in (report_parts.h), filled with the class.
//
// The page holds the class as one JSON document, which its script (report/report.js) draws:
//
//   { "schema": "racelings/report/v1",
//     "head": { "title", "date", "sandboxed",
//               "standings": ["missing", ...],           cells speak of them by number
//               "exercises": [ { "name", "chapter", "number", "title", "folder" } ] },
//     "students": [ { "id", "name", "message", "points", "most", "late",
//                     "cells": [                          one for each exercise
//                       { "standing": 3, "points", "most", "message", "remark",
//                         "assessment": 17,               index; absent: none
//                         "repeat": "racelings grade ..." } ] } ],    ungradable ones only
//     "assessments": [ { "signature": [...],              signature.h
//                        "files", "refused",              class.h
//                        "judgements": [ { "detector", "verdict", "reason", "seconds",
//                                          "findings",  with "drawing": 5 in the place of a story
//                                          "more": 3,                 so many are left out
//                                          "story", "output" } ] } ] }
//
// A story is drawn by story_drawing.c, in the template element "drawing-5". What is null or empty
// is left out. Students and assessments are made and written one at a time, and what many students
// handed in alike is written once, so memory does not grow with the class.
//
// Everything in it may be hostile: see page.c.
#include "report.h"

#include "base/files.h"
#include "base/text.h"
#include "cell.h"
#include "page.h"
#include "report_parts.h"
#include "signature.h"
#include "story_drawing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <time.h>

enum {
    FINDINGS_KEPT = 6,    // of one judgement, each with other places than those before it
    STORY_KEPT = 16384,   // bytes
    OUTPUT_KEPT = 8192,   // likewise
    SOURCE_KEPT = 131072, // likewise, of one file
};

// What is written, and what of it is already known.
struct page {
    const struct class *class;
    json_t *numbers;           // an assessment's key, or its file -> its index in `first`
    const struct cell **first; // a talloc array: for each assessment the first cell that has it
    size_t count;
    FILE *drawings; // of the findings' stories, which speak of them by number
    int drawing_count;
};

// ---- text that may be hostile ----

// Any bytes as a JSON string, with U+FFFD for those that are not UTF-8. Nothing else is changed:
// the page itself shows what would mislead by its number.
static json_t *any_text(const char *bytes)
{
    json_t *value = json_string(bytes);
    if (value)
        return value;
    char *text = talloc_strdup(NULL, "");
    for (const char *at = bytes, *end = bytes + strlen(bytes); at < end;) {
        uint32_t code;
        size_t length = utf8_decode(at, (size_t)(end - at), &code);
        text = length ? talloc_strndup_append_buffer(text, at, length)
                      : talloc_strdup_append_buffer(text, "\xEF\xBF\xBD");
        at += length ? length : 1;
    }
    value = json_string(text);
    talloc_free(text);
    return value;
}

static void set_text(json_t *object, const char *name, const char *text)
{
    if (text && *text)
        json_object_set_new(object, name, any_text(text));
}

// At most `limit` bytes of a string, in whole characters, and a note where it was cut.
static void set_start(json_t *object, const char *name, const json_t *string, size_t limit)
{
    const char *text = json_string_value(string);
    size_t length = json_string_length(string);
    if (length <= limit) {
        if (length)
            json_object_set(object, name, (json_t *)string);
        return;
    }
    for (length = limit; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    char *start = talloc_asprintf(NULL, "%.*s\n[... %zu bytes more]\n", (int)length, text,
                                  json_string_length(string) - length);
    set_text(object, name, start);
    talloc_free(start);
}

// ---- assessments ----

static void add_place(char **text, const json_t *place)
{
    const char *file = json_string_value(json_object_get(place, "file"));
    const char *access = json_string_value(json_object_get(place, "access"));
    *text = talloc_asprintf_append(*text, "|%s:%lld:%s", file ? file : "",
                                   json_integer_value(json_object_get(place, "line")),
                                   access ? access : "");
}

// What and where: the same for findings that would be drawn alike.
static char *finding_places(const void *context, const json_t *finding)
{
    const char *kind = json_string_value(json_object_get(finding, "kind"));
    char *text = talloc_strdup(context, kind ? kind : "");
    size_t i;
    json_t *place;
    json_array_foreach(json_object_get(finding, "accesses"), i, place) add_place(&text, place);
    json_array_foreach(json_object_get(finding, "cycle"), i, place)
    {
        add_place(&text, place);
        add_place(&text, json_object_get(place, "wants"));
    }
    add_place(&text, json_object_get(finding, "place"));
    return text;
}

// The script takes it from its template.
static void add_drawing(struct page *page, const json_t *story)
{
    char *id = talloc_asprintf(NULL, "drawing-%d", page->drawing_count++);
    fprintf(page->drawings, "<template id=\"%s\">\n", id);
    story_draw(page->drawings, story, NULL, talloc_asprintf(id, "%s-of-story", id));
    fputs("</template>\n", page->drawings);
    talloc_free(id);
}

// A finding without its story, and with the number of the drawing that stands for it.
static json_t *finding_part(struct page *page, const json_t *finding)
{
    const json_t *story = json_object_get(finding, "story");
    json_t *part = json_copy((json_t *)finding);
    json_object_del(part, "story");
    if (json_array_size(json_object_get(story, "rows")) == 0)
        return part;
    json_object_set_new(part, "drawing", json_integer(page->drawing_count));
    add_drawing(page, story);
    return part;
}

static void set_findings(struct page *page, json_t *object, const json_t *findings)
{
    const char **seen = list_new(NULL);
    json_t *kept = json_array(), *finding;
    size_t i;
    json_array_foreach(findings, i, finding)
    {
        const char *places = finding_places(seen, finding);
        if (list_has(seen, places) || json_array_size(kept) >= FINDINGS_KEPT)
            continue;
        list_add(&seen, places);
        json_array_append_new(kept, finding_part(page, finding));
    }
    size_t more = json_array_size(findings) - json_array_size(kept);
    json_object_set_new(object, "findings", kept);
    if (more)
        json_object_set_new(object, "more", json_integer((json_int_t)more));
    talloc_free(seen);
}

static void set_same(json_t *object, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);
    if (value && !json_is_null(value))
        json_object_set(object, name, value);
}

static json_t *judgement_part(struct page *page, const json_t *judgement)
{
    json_t *part = json_object();
    set_same(part, judgement, "detector");
    set_same(part, judgement, "verdict");
    set_same(part, judgement, "reason");
    set_same(part, judgement, "seconds");
    set_findings(page, part, json_object_get(judgement, "findings"));
    set_start(part, "story", json_object_get(judgement, "story"), STORY_KEPT);
    set_start(part, "output", json_object_get(judgement, "output"), OUTPUT_KEPT);
    return part;
}

static json_t *assessment_part(struct page *page, const json_t *assessment)
{
    json_t *part = json_object(), *judgements = json_array(), *files = json_array(), *item;
    size_t i;
    json_array_foreach(json_object_get(assessment, "judgements"), i, item)
        json_array_append_new(judgements, judgement_part(page, item));
    json_array_foreach(json_object_get(assessment, "files"), i, item)
    {
        json_t *file = json_object();
        set_same(file, item, "name");
        set_start(file, "text", json_object_get(item, "text"), SOURCE_KEPT);
        json_array_append_new(files, file);
    }
    json_object_set_new(part, "signature", assessment_signature(assessment));
    json_object_set_new(part, "files", files);
    set_same(part, assessment, "refused");
    json_object_set_new(part, "judgements", judgements);
    return part;
}

// The index of a cell's assessment; one that is kept in the same file, or has the same key, has the
// same.
static json_t *assessment_number(struct page *page, const struct cell *cell)
{
    const char *key =
        cell->kept ? cell->kept : json_string_value(json_object_get(cell->assessment, "key"));
    json_t *number = key ? json_object_get(page->numbers, key) : NULL;
    if (number)
        return json_incref(number);
    page->first = array_grow(NULL, page->first, sizeof *page->first, page->count);
    page->first[page->count] = cell;
    number = json_integer((json_int_t)page->count++);
    if (key)
        json_object_set(page->numbers, key, number);
    return number;
}

// ---- the class ----

static void set_points(json_t *object, double points, double most)
{
    json_object_set_new(object, "points", json_real(points));
    json_object_set_new(object, "most", json_real(most));
}

static json_t *cell_part(struct page *page, const struct student *student, const struct cell *cell)
{
    json_t *part = json_object();
    json_object_set_new(part, "standing", json_integer(cell->standing));
    set_points(part, cell->points, cell->most);
    set_text(part, "message", cell->message);
    set_text(part, "remark", cell->remark);
    if (cell->assessment || cell->kept)
        json_object_set_new(part, "assessment", assessment_number(page, cell));
    if (cell->standing == STANDING_UNGRADABLE) {
        char *command = cell_command(NULL, page->class, student, cell);
        set_text(part, "repeat", command);
        talloc_free(command);
    }
    return part;
}

static json_t *student_part(struct page *page, const struct student *student)
{
    json_t *part = json_object(), *cells = json_array();
    set_text(part, "id", student->id);
    set_text(part, "name", student->name);
    set_text(part, "message", student->message);
    set_text(part, "late", student->late);
    set_points(part, student->points, student->most);
    for (size_t i = 0; i < page->class->exercise_count; i++)
        json_array_append_new(cells, cell_part(page, student, &student->cells[i]));
    json_object_set_new(part, "cells", cells);
    return part;
}

static json_t *exercise_part(const struct exercise *exercise)
{
    json_t *part = json_object();
    set_text(part, "name", exercise->name);
    set_text(part, "chapter", exercise->chapter);
    set_text(part, "number", exercise->number);
    set_text(part, "title", exercise->title);
    set_text(part, "folder", exercise->folder);
    return part;
}

static json_t *head_part(const struct class *class)
{
    char date[64] = "";
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local))
        strftime(date, sizeof date, "%Y-%m-%d %H:%M", &local);
    json_t *head = json_object(), *standings = json_array(), *exercises = json_array();
    for (int i = 0; i < STANDING_COUNT; i++)
        json_array_append_new(standings, json_string(standing_name((enum standing)i)));
    for (size_t i = 0; i < class->exercise_count; i++)
        json_array_append_new(exercises, exercise_part(class->exercises[i]));
    set_text(head, "title", class->title);
    set_text(head, "date", date);
    json_object_set_new(head, "sandboxed", json_boolean(class->sandboxed));
    json_object_set_new(head, "standings", standings);
    json_object_set_new(head, "exercises", exercises);
    return head;
}

// ---- the page ----

static void write_class(FILE *out, void *argument)
{
    struct page *page = argument;
    fputs("{\"schema\":\"racelings/report/v1\",\"head\":", out);
    page_json(out, head_part(page->class));
    fputs(",\n\"students\":[", out);
    for (size_t i = 0; i < page->class->count; i++) {
        fputs(i > 0 ? ",\n" : "\n", out);
        page_json(out, student_part(page, &page->class->students[i]));
    }
    fputs("],\n\"assessments\":[", out);
    for (size_t i = 0; i < page->count; i++) {
        fputs(i > 0 ? ",\n" : "\n", out);
        json_t *assessment = class_assessment(page->class, page->first[i]);
        page_json(out, assessment_part(page, assessment));
        json_decref(assessment);
    }
    fputs("]}", out);
}

// They were drawn while the class was written.
static void write_drawings(FILE *out, void *argument)
{
    struct page *page = argument;
    char block[1 << 14];
    size_t size;
    rewind(page->drawings);
    while ((size = fread(block, 1, sizeof block, page->drawings)) > 0)
        fwrite(block, 1, size, out);
}

static const char *const styles[] = {report_css, story_css, NULL};

static void write_style(FILE *out, void *page)
{
    (void)page;
    for (const char *const *style = styles; *style; style++)
        fputs(*style, out);
}

static void write_script(FILE *out, void *page)
{
    (void)page;
    fputs(report_js, out);
}

static void write_policy(FILE *out, void *page)
{
    (void)page;
    page_policy(out, styles, report_js);
}

static const struct page_part parts[] = {
    {"{{policy}}", write_policy},     {"{{style}}", write_style},   {"{{class}}", write_class},
    {"{{drawings}}", write_drawings}, {"{{script}}", write_script},
};

bool write_report(const struct class *class, const char *out_folder, struct problem *problem)
{
    struct draft *draft = draft_begin(NULL, out_folder, "report.html", problem);
    if (!draft)
        return false;
    struct page page = {.class = class, .drawings = tmpfile()};
    if (!page.drawings) {
        talloc_free(draft);
        return problem_set(problem, "report.html: no room for its drawings: %s", strerror(errno));
    }
    page.numbers = json_object();
    page_fill(draft->out, report_html, parts, sizeof parts / sizeof *parts, &page);
    json_decref(page.numbers);
    talloc_free(page.first);
    bool drawn = !ferror(page.drawings);
    fclose(page.drawings);
    if (drawn)
        return draft_finish(draft, problem);
    talloc_free(draft);
    return problem_set(problem, "report.html: its drawings cannot be kept in a temporary file");
}
