// See pages.h. The pages are Markdown of a form that inventory.c checks: "## Section", "### Hint
// 1".
#include "pages.h"

#include "base/files.h"
#include "base/text.h"
#include "kit.h"

#include <stdbool.h>
#include <string.h>
#include <talloc.h>

enum {
    PAGE_LIMIT = 1 << 20,
    LEARNED_MOST = 185, // bytes: two lines, or a little more where a sentence would be lost
};

static const char hints_heading[] = "\n## Hints", hint_heading[] = "\n### Hint ";

char *page_path(const void *context, const struct exercise *exercise)
{
    return path_join(context, exercise->folder, "README.md");
}

char *page_read(const void *context, const struct course *course, const struct exercise *exercise,
                struct problem *problem)
{
    char *path = page_path(NULL, exercise);
    char *text = file_read(context, course->root, path, PAGE_LIMIT, NULL, problem);
    talloc_free(path);
    return text;
}

// ---- Sections and sentences ----

// What follows the heading's line and the empty lines behind it; NULL if the page has no such
// heading.
static const char *text_below(const char *page, const char *heading)
{
    const char *start = strstr(page, heading);
    const char *text = start ? strchr(start + 1, '\n') : NULL;
    return text ? text + strspn(text, "\n") : NULL;
}

static bool is_prose(const char *paragraph)
{
    return *paragraph && !strchr(" \n#-|", *paragraph);
}

// The first paragraph of a section that is prose, on one line and without emphasis; NULL if there
// is none.
static char *first_paragraph(const void *context, const char *page, const char *heading)
{
    const char *text = text_below(page, heading);
    while (text && *text && *text != '#' && !is_prose(text)) {
        const char *end = strstr(text, "\n\n");
        text = end ? end + strspn(end, "\n") : NULL;
    }
    if (!text || !is_prose(text))
        return NULL;
    const char *end = strstr(text, "\n\n");
    char *line = talloc_strndup(context, text, end ? (size_t)(end - text) : strlen(text));
    char *kept = line;
    for (const char *at = line; *at; at++)
        if (*at != '*')
            *kept++ = *at == '\n' ? ' ' : *at;
    while (kept > line && kept[-1] == ' ')
        kept--;
    *kept = '\0';
    return line;
}

// How long the first sentence of a paragraph is.
static size_t sentence_length(const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if (strchr(".?!", text[i]) && (text[i + 1] == ' ' || text[i + 1] == '\0'))
            return i + 1;
    return strlen(text);
}

// Cuts a paragraph behind the last sentence that ends within `most` bytes, but not before the
// first.
static char *first_sentences(char *paragraph, size_t most)
{
    if (!paragraph)
        return NULL;
    size_t length = sentence_length(paragraph);
    while (paragraph[length] == ' ') {
        size_t longer = length + 1 + sentence_length(paragraph + length + 1);
        if (longer > most)
            break;
        length = longer;
    }
    paragraph[length] = '\0';
    return paragraph;
}

// ---- Exercises ----

int page_hint_count(const char *page)
{
    int count = 0;
    const char *at = strstr(page, hints_heading);
    while (at && (at = strstr(at + 1, hint_heading)) != NULL)
        count++;
    return count;
}

char *page_hint(const void *context, const char *page, int number)
{
    const char *start = strstr(page, hints_heading);
    for (int i = 0; start && i < number; i++)
        start = strstr(start + 1, hint_heading);
    const char *text = start && number > 0 ? strchr(start + 1, '\n') : NULL;
    if (!text)
        return NULL;
    text += strspn(text, "\n");
    const char *end = strstr(text, "\n#");
    size_t length = end ? (size_t)(end - text) : strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    return talloc_strndup(context, text, length);
}

char *page_task(const void *context, const char *page)
{
    return first_sentences(first_paragraph(context, page, "\n## Your task"), 0);
}

// ---- Narrow terminals ----

// The blanks before a line, and the "- " or "1. " of an item.
static size_t lead_of(const char *line)
{
    size_t blanks = strspn(line, " "), digits = strspn(line + blanks, "0123456789");
    if (strncmp(line + blanks, "- ", 2) == 0)
        return blanks + 2;
    return digits > 0 && strncmp(line + blanks + digits, ". ", 2) == 0 ? blanks + digits + 2
                                                                       : blanks;
}

static bool is_fence(const char *line)
{
    return strncmp(line, "```", 3) == 0;
}

// Whether it is neither prose nor an item: empty, a heading, a row of a table, code.
static bool stands_alone(const char *line)
{
    enum { CODE = 4 };
    return *line == '\0' || strchr("\n#|", *line) || is_fence(line) || strspn(line, " ") >= CODE;
}

// Whether the line goes on with what has begun behind a lead of so many columns.
static bool goes_on(const char *line, size_t lead)
{
    size_t blanks = strspn(line, " ");
    return blanks == lead && lead_of(line) == lead && *line != '\0' &&
           !strchr("\n#|", line[blanks]) && !is_fence(line + blanks);
}

static size_t line_length(const char *text)
{
    size_t length = strcspn(text, "\n");
    return length + (text[length] == '\n');
}

// Adds the paragraph or item that begins at `text`; returns what is behind it.
static const char *add_prose(char **fitted, const char *text, size_t width)
{
    size_t lead = lead_of(text);
    const char *end = text;
    do {
        end += line_length(end);
    } while (goes_on(end, lead));
    char *words = talloc_strndup(NULL, text + lead, (size_t)(end - text) - lead);
    *fitted = talloc_asprintf_append_buffer(*fitted, "%.*s%s%s", (int)lead, text,
                                            text_wrap(words, words, width, lead),
                                            end[-1] == '\n' ? "\n" : "");
    talloc_free(words);
    return end;
}

char *page_fit(const void *context, const char *text, size_t width)
{
    char *fitted = talloc_strdup(context, width < TEXT_WIDTH ? "" : text);
    for (bool fenced = false; width < TEXT_WIDTH && *text;) {
        fenced ^= is_fence(text);
        if (!fenced && !stands_alone(text)) {
            text = add_prose(&fitted, text, width);
            continue;
        }
        fitted = talloc_strndup_append_buffer(fitted, text, line_length(text));
        text += line_length(text);
    }
    return fitted;
}

// ---- Solutions ----

static bool is_folder(const char *path)
{
    enum entry entry = ENTRY_MISSING;
    return entry_look(NULL, path, &entry, NULL) && entry == ENTRY_FOLDER;
}

char *solution_folder(const void *context, const struct course *course,
                      const struct exercise *exercise)
{
    const char *const roots[] = {course->root, kit_folder()};
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        char *folder = talloc_asprintf(context, "%s/solutions/%s/%s-%s", roots[i],
                                       exercise->chapter, exercise->number, exercise->name);
        if (is_folder(folder))
            return folder;
        talloc_free(folder);
    }
    return NULL;
}

char *solution_read(const void *context, const struct course *course,
                    const struct exercise *exercise, struct problem *problem)
{
    char *folder = solution_folder(NULL, course, exercise), *text = NULL;
    if (folder)
        text = file_read(context, folder, "README.md", PAGE_LIMIT, NULL, problem);
    else
        problem_set(problem, "there are no solutions here");
    talloc_free(folder);
    return text;
}

char *solution_learned(const void *context, const char *page)
{
    char *text = first_paragraph(context, page, "\n## What orders it now");
    if (!text)
        text = first_paragraph(context, page, "\n## What is right now");
    return first_sentences(text, LEARNED_MOST);
}
