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
    if (is_binary(bytes, size))
        return "is not text but a binary file; hand in the C source, not what was made of it.";
    if (is_empty(bytes, size))
        return "is empty; hand in the file with your program in it.";
    return NULL;
}

// Appends a character; one that is none becomes U+FFFD.
static char *put_utf8(char *at, uint32_t code)
{
    if (code < 0x80) {
        *at++ = (char)code;
        return at;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char heads[] = {0, 0xc0, 0xe0, 0xf0};
    *at++ = (char)(heads[more] | code >> (6 * more));
    while (more-- > 0)
        *at++ = (char)(0x80 | (code >> (6 * more) & 0x3f));
    return at;
}

// The unit of UTF-16 at `bytes`.
static uint32_t unit_at(const char *bytes, bool little)
{
    const unsigned char *pair = (const unsigned char *)bytes;
    return little ? (uint32_t)(pair[0] | pair[1] << 8) : (uint32_t)(pair[0] << 8 | pair[1]);
}

// What some editors save as "Unicode", made UTF-8: `size` bytes with their mark of byte order.
// Gives the new size.
static char *from_utf16(const void *context, const char *bytes, size_t size, size_t *made)
{
    bool little = starts_with(bytes, size, "\xff\xfe");
    char *text = talloc_size(context, size * 2), *end = text;
    if (!text)
        abort();
    for (size_t i = 2; i + 1 < size; i += 2) {
        uint32_t code = unit_at(bytes + i, little);
        uint32_t next = i + 3 < size ? unit_at(bytes + i + 2, little) : 0;
        if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
            i += 2;
        } else if (code >= 0xd800 && code < 0xe000) {
            code = 0xfffd;
        }
        end = put_utf8(end, code);
    }
    *made = (size_t)(end - text);
    return text;
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
    if (starts_with(bytes, size, "\xff\xfe") || starts_with(bytes, size, "\xfe\xff")) {
        bytes = from_utf16(context, bytes, size, &size);
        list_add(&text->remarks, "was saved as UTF-16 and was made UTF-8; better save it so.");
    }
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
