// Takes dead links out of Markdown, line by line and otherwise as it stands: a library that parses
// and writes it again would lay the whole page out anew.
#include "lessons.h"

#include <string.h>
#include <talloc.h>

struct lesson {
    const void *context;
    leads_nowhere *nowhere;
    void *data;
};

struct span {
    const char *start;
    size_t length;
};

// "[words](target)", from its bracket to behind its parenthesis.
struct link {
    struct span whole, words, target;
};

// The first link between `from` and `end`. Brackets within its words are not looked for.
static bool find_link(const char *from, const char *end, struct link *link)
{
    const char *open = NULL;
    for (const char *at = from; at < end; at++) {
        if (*at == '[')
            open = at;
        if (!open || at[0] != ']' || at + 1 >= end || at[1] != '(')
            continue;
        const char *target = at + 2, *close = memchr(target, ')', (size_t)(end - target));
        if (!close)
            return false;
        link->whole = (struct span){open, (size_t)(close + 1 - open)};
        link->words = (struct span){open + 1, (size_t)(at - open - 1)};
        link->target = (struct span){target, (size_t)(close - target)};
        return true;
    }
    return false;
}

static bool is_dead(const struct lesson *lesson, const struct link *link)
{
    char *target = talloc_strndup(NULL, link->target.start, link->target.length);
    bool dead = lesson->nowhere(target, lesson->data);
    talloc_free(target);
    return dead;
}

// 2 for "## Title"; 0 for a line that is no heading.
static size_t heading_level(const char *line)
{
    size_t level = strspn(line, "#");
    return level > 0 && line[level] == ' ' ? level : 0;
}

// Whether the line is a list item or a table's row that begins with a link.
static bool begins_with_link(const char *line)
{
    if (strncmp(line, "- [", 3) == 0 || strncmp(line, "| [", 3) == 0)
        return true;
    size_t digits = strspn(line, "0123456789");
    return digits > 0 && strncmp(line + digits, ". [", 3) == 0;
}

// Whether the line goes on with the list item before it.
static bool continues_item(const char *line)
{
    size_t indent = strspn(line, " ");
    return indent > 0 && line[indent] != '\n' && line[indent] != '\0';
}

// What is left out at the moment, while lines go by.
struct omission {
    size_t section; // the level of its heading; 0: none
    bool item;
};

static bool is_left_out(const struct lesson *lesson, struct omission *omission, const char *line,
                        size_t length)
{
    struct link link;
    size_t level = heading_level(line);
    if (omission->section && (level == 0 || level > omission->section))
        return true;
    omission->section = 0;
    if (omission->item && continues_item(line))
        return true;
    omission->item = false;
    if ((level == 0 && !begins_with_link(line)) || !find_link(line, line + length, &link) ||
        !is_dead(lesson, &link))
        return false;
    omission->section = level;
    omission->item = level == 0;
    return true;
}

static char *without_blocks(const struct lesson *lesson, const char *text)
{
    char *kept = talloc_strdup(lesson->context, "");
    struct omission omission = {0, false};
    while (*text) {
        size_t length = strcspn(text, "\n");
        length += text[length] == '\n';
        if (!is_left_out(lesson, &omission, text, length))
            kept = talloc_strndup_append_buffer(kept, text, length);
        text += length;
    }
    return kept;
}

static char *without_links(const struct lesson *lesson, const char *text)
{
    char *kept = talloc_strdup(lesson->context, "");
    const char *end = text + strlen(text);
    struct link link;
    while (find_link(text, end, &link)) {
        const char *behind = link.whole.start + link.whole.length;
        bool dead = is_dead(lesson, &link);
        const char *stop = dead ? link.whole.start : behind;
        kept = talloc_strndup_append_buffer(kept, text, (size_t)(stop - text));
        if (dead)
            kept = talloc_strndup_append_buffer(kept, link.words.start, link.words.length);
        text = behind;
    }
    return talloc_strdup_append_buffer(kept, text);
}

char *lesson_without(const void *context, const char *text, leads_nowhere *nowhere, void *data)
{
    struct lesson lesson = {context, nowhere, data};
    char *blocks = without_blocks(&lesson, text);
    char *kept = without_links(&lesson, blocks);
    talloc_free(blocks);
    return kept;
}
