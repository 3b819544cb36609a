// A schedule as text (schedule_string.h).

#include "schedule_string.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char version[] = "x1:";

void script_copy(struct script *to, const struct script *from)
{
    to->segment_count = from->segment_count;
    to->pick_count = from->pick_count;
    memcpy(to->segments, from->segments, from->segment_count * sizeof *to->segments);
    memcpy(to->picks, from->picks, from->pick_count * sizeof *to->picks);
}

void script_from(struct script *script, const struct outcome *outcome)
{
    script->segment_count = outcome->segment_count;
    script->pick_count = outcome->pick_count;
    memcpy(script->segments, outcome->segments, outcome->segment_count * sizeof *script->segments);
    memcpy(script->picks, outcome->picks, outcome->pick_count * sizeof *script->picks);
}

// Text that grows, or is only measured beyond its size.
struct printed {
    char *text;
    size_t size, length;
};

__attribute__((format(printf, 2, 3))) static void print(struct printed *printed, const char *format,
                                                        ...)
{
    size_t used = printed->length < printed->size ? printed->length : printed->size;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(printed->text + used, printed->size - used, format, arguments);
    va_end(arguments);
    printed->length += length > 0 ? (size_t)length : 0;
}

size_t script_print(const struct script *script, char *text, size_t size)
{
    struct printed printed = {text, size, 0};
    print(&printed, "%s", version);
    for (uint32_t i = 0; i < script->segment_count; i++)
        print(&printed, "%s%u.%u", i == 0 ? "" : "-", script->segments[i].thread,
              script->segments[i].until);
    for (uint32_t i = 0; i < script->pick_count; i++)
        print(&printed, "~%u.%u.%u", script->picks[i].thread, script->picks[i].event,
              script->picks[i].value);
    return printed.length;
}

// Reads a number of at most `most`. False, and nothing consumed, if there is none.
static bool read_number(const char **text, uint32_t most, uint32_t *number)
{
    uint64_t value = 0;
    const char *at = *text;
    if (*at < '0' || *at > '9')
        return false;
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (uint64_t)(*at - '0');
        if (value > most)
            return false;
    }
    *number = (uint32_t)value;
    *text = at;
    return true;
}

static bool read_character(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    (*text)++;
    return true;
}

static bool read_segment(const char **text, struct script *script)
{
    uint32_t thread, until;
    if (script->segment_count == SEGMENTS_MOST || !read_number(text, THREADS_MAX - 1, &thread) ||
        !read_character(text, '.') || !read_number(text, UINT32_MAX, &until))
        return false;
    script->segments[script->segment_count++] = (struct segment){(uint8_t)thread, until};
    return true;
}

static bool read_pick(const char **text, struct script *script)
{
    uint32_t thread, event, value;
    if (script->pick_count == PICKS_MOST || !read_number(text, THREADS_MAX - 1, &thread) ||
        !read_character(text, '.') || !read_number(text, UINT32_MAX, &event) ||
        !read_character(text, '.') || !read_number(text, UINT8_MAX, &value))
        return false;
    script->picks[script->pick_count++] = (struct pick){(uint8_t)thread, (uint8_t)value, event};
    return true;
}

const char *script_parse(struct script *script, const char *text)
{
    script->segment_count = script->pick_count = 0;
    for (const char *at = version; *at != '\0'; at++)
        if (!read_character(&text, *at))
            return text;
    if (*text >= '0' && *text <= '9')
        do
            if (!read_segment(&text, script))
                return text;
        while (read_character(&text, '-'));
    while (read_character(&text, '~'))
        if (!read_pick(&text, script))
            return text;
    return *text == '\0' ? NULL : text;
}
