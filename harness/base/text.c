#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

const char **list_new(const void *context)
{
    return talloc_zero_array(context, const char *, 1);
}

size_t list_count(const char *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    return count;
}

void *array_grow(const void *context, void *array, size_t size, size_t count)
{
    size_t room = talloc_get_size(array) / size;
    if (count < room)
        return array;
    void *grown = talloc_realloc_size(context, array, size * (count < 4 ? 4 : 2 * count));
    if (!grown)
        abort();
    return grown;
}

void list_add(const char ***list, const char *text)
{
    size_t count = talloc_array_length(*list) - 1;
    *list = talloc_realloc(NULL, *list, const char *, (unsigned)count + 2);
    if (!*list)
        abort();
    (*list)[count] = text;
    (*list)[count + 1] = NULL;
}

void list_add_all(const char ***list, const char *const *more)
{
    for (size_t i = 0; more && more[i]; i++)
        list_add(list, more[i]);
}

bool list_has(const char *const *list, const char *text)
{
    for (size_t i = 0; list && list[i]; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

int list_widest(const char *const *list)
{
    size_t widest = 0;
    for (size_t i = 0; list && list[i]; i++)
        if (strlen(list[i]) > widest)
            widest = strlen(list[i]);
    return (int)widest;
}

char *list_join(const void *context, const char *const *list, const char *between)
{
    char *text = talloc_strdup(context, "");
    for (size_t i = 0; list && list[i]; i++)
        text = talloc_asprintf_append(text, "%s%s", i > 0 ? between : "", list[i]);
    return text;
}

static bool needs_quotes(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_=./,:+@%";
    return word[0] == '\0' || word[strspn(word, plain)] != '\0';
}

char *shell_quote(const void *context, const char *const *argv)
{
    char *text = talloc_strdup(context, "");
    for (size_t i = 0; argv[i]; i++) {
        text = talloc_strdup_append(text, i > 0 ? " " : "");
        if (!needs_quotes(argv[i])) {
            text = talloc_strdup_append(text, argv[i]);
            continue;
        }
        text = talloc_strdup_append(text, "'");
        for (const char *at = argv[i]; *at; at++)
            text = talloc_asprintf_append(text, *at == '\'' ? "'\\''" : "%c", *at);
        text = talloc_strdup_append(text, "'");
    }
    return text;
}

static bool is_control(char character)
{
    return (unsigned char)character < 0x20 || character == 0x7f;
}

char *text_escape(const void *context, const char *text, const char *spared)
{
    static const char named[] = "\n\t\r", names[] = "ntr";
    char *escaped = talloc_strdup(context, "");
    for (; *text; text++) {
        const char *name = strchr(named, *text);
        if (!is_control(*text) || strchr(spared, *text))
            escaped = talloc_strndup_append_buffer(escaped, text, 1);
        else if (name)
            escaped = talloc_asprintf_append_buffer(escaped, "\\%c", names[name - named]);
        else
            escaped = talloc_asprintf_append_buffer(escaped, "\\x%02x", (unsigned)*text);
    }
    return escaped;
}

bool text_format(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return length >= 0 && (size_t)length < size;
}

// Each character begins with a byte that goes on with none.
size_t utf8_count(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

// What is not to be broken: up to the next space, or a command that somebody may want to copy.
static size_t word_length(const char *text)
{
    enum { COMMAND_MOST = 40 };
    static const char command[] = "\"racelings ";
    size_t length = 0;
    if (strncmp(text, command, strlen(command)) == 0) {
        length = 1 + strcspn(text + 1, "\"\n");
        if (text[length] != '"' || length > COMMAND_MOST)
            length = 0;
    }
    return length + strcspn(text + length, " \n");
}

char *text_wrap(const void *context, const char *text, size_t width, size_t indent)
{
    char *wrapped = talloc_strdup(context, "");
    size_t column = indent;
    while (*(text += strspn(text, " \n")) != '\0') {
        size_t word = word_length(text), wide = utf8_count(text, word);
        bool first = column == indent;
        if (!first && column + 1 + wide > width) {
            wrapped = talloc_asprintf_append(wrapped, "\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        wrapped = talloc_asprintf_append(wrapped, "%s%.*s", first ? "" : " ", (int)word, text);
        column += wide + (first ? 0 : 1);
        text += word;
    }
    return wrapped;
}

size_t utf8_decode(const char *bytes, size_t left, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = left > 0 ? (unsigned char)bytes[0] : 0xff;
    size_t length = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || length > left || first > 0xf4)
        return 0;
    *code = length == 1 ? first : first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (next & 0x3f);
    }
    bool surrogate = *code >= 0xd800 && *code <= 0xdfff;
    return *code < least[length] || *code > 0x10ffff || surrogate ? 0 : length;
}

char *text_without_lines(const void *context, const char *text, const char *prefix)
{
    char *rest = talloc_strdup(context, "");
    while (*text) {
        size_t length = strcspn(text, "\n");
        length += text[length] == '\n';
        if (strncmp(text, prefix, strlen(prefix)) != 0)
            rest = talloc_strndup_append(rest, text, length);
        text += length;
    }
    return rest;
}
