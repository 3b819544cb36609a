#include "legible.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// Control characters, those that change the direction or the lines of what stands around them, and
// those that XML cannot hold.
static bool is_harmful(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x200b, 0x200f},
                  {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
                  {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe007f}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

// Where the character number `count` of a valid text starts.
static char *skip(char *text, size_t count)
{
    for (; *text && count > 0; count--)
        do
            text++;
        while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

char *legible(const void *context, const char *bytes, size_t limit)
{
    size_t left = strlen(bytes), count = 0;
    char *text = talloc_size(context, left + 1), *end = text;
    if (!text)
        abort();
    for (; left > 0; count++) {
        uint32_t code;
        size_t length = utf8_decode(bytes, left, &code), step = length ? length : 1;
        if (length && !is_harmful(code)) {
            memcpy(end, bytes, length);
            end += length;
        } else {
            *end++ = '?';
        }
        bytes += step;
        left -= step;
    }
    *end = '\0';
    if (count <= limit)
        return text;
    size_t head = (limit - 3) / 2, tail = limit - 3 - head;
    char *cut = skip(text, head), *rest = skip(cut, count - head - tail);
    memcpy(cut, "...", 3); // at least four characters are left out
    memmove(cut + 3, rest, strlen(rest) + 1);
    return text;
}
