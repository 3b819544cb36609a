#include "plain_text.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const char utf8_mark[] = "\xef\xbb\xbf";

static bool starts_with(const char *bytes, size_t size, const char *start)
{
    return size >= strlen(start) && memcmp(bytes, start, strlen(start)) == 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_empty(const char *bytes, size_t size)
{
    while (size > 0 && is_blank(bytes[size - 1]))
        size--;
    return size == 0;
}

// A compiled program or a picture has a NUL byte within a few; a source may have an escape sequence
// in a string, but not one byte in ten.
static bool is_binary(const char *bytes, size_t size)
{
    size_t control = 0;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\0')
            return true;
        control += ((unsigned char)bytes[i] < ' ' && !is_blank(bytes[i])) || bytes[i] == 0x7f;
    }
    return control > size / 10;
}

static bool is_utf8(const char *bytes, size_t size)
{
    uint32_t code;
    for (size_t length; size > 0; bytes += length, size -= length)
        if (!(length = utf8_decode(bytes, size, &code)))
            return false;
    return true;
}

static const char *fault_of(const char *bytes, size_t size)
{
    if (starts_with(bytes, size, "\xff\xfe") || starts_with(bytes, size, "\xfe\xff"))
        return "is saved as UTF-16; save it as UTF-8 and hand it in again.";
    if (is_binary(bytes, size))
        return "is not text but a binary file; hand in the C source, not what was made of it.";
    if (is_empty(bytes, size))
        return "is empty; hand in the file with your program in it.";
    return NULL;
}

// Every line end becomes one LF: the compiler takes a lone CR for a line end too, and so a person
// must see it as one. Says whether there was a lone one.
static bool unify_line_ends(char *text)
{
    bool lone = false;
    char *end = text;
    for (const char *at = text; *at; at++) {
        if (at[0] == '\r' && at[1] == '\n')
            continue;
        lone |= at[0] == '\r';
        *end++ = at[0] == '\r' ? '\n' : at[0];
    }
    *end = '\0';
    return lone;
}

void plain_text(const void *context, const char *bytes, size_t size, struct plain_text *text)
{
    *text = (struct plain_text){.remarks = list_new(context)};
    if (starts_with(bytes, size, utf8_mark)) {
        bytes += strlen(utf8_mark);
        size -= strlen(utf8_mark);
        list_add(&text->remarks, "starts with a byte order mark, which was left out.");
    }
    if ((text->fault = fault_of(bytes, size)))
        return;
    if (!is_utf8(bytes, size))
        list_add(&text->remarks, "is not valid UTF-8 (its comments may look garbled); better save "
                                 "it as UTF-8.");
    text->text = talloc_strndup(context, bytes, size);
    if (!text->text)
        abort();
    if (unify_line_ends(text->text))
        list_add(&text->remarks, "has lines that end in CR alone; they were made to end in LF.");
}
