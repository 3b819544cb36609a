// What printf reads and scanf writes besides its own string: the format says it.

#include "formats.h"
#include "ranges.h"

#include <stdarg.h>
#include <string.h>
#include <wchar.h>

static void read_text(const struct conversion *conversion, const void *text, int star, uintptr_t pc)
{
    long limit = conversion->limit < 0 ? star : conversion->limit;
    size_t most = conversion->limited && limit >= 0 ? (size_t)limit : SIZE_MAX;
    if (text == NULL)
        return; // "(null)"
    if (!conversion->long_letters && most == SIZE_MAX)
        range_read_string(text, pc);
    else if (!conversion->long_letters)
        range_read_string_within(text, most, pc);
    else
        range_read(text, wcsnlen(text, most) * sizeof(wchar_t), pc);
}

// Passes over the arguments of one conversion. False if it is not known what they are.
static bool read_argument(const struct conversion *conversion, va_list *rest, uintptr_t pc)
{
    int star = -1;
    for (int i = 0; i < conversion->stars; i++)
        star = va_arg(*rest, int);
    if (conversion->letter == 's')
        read_text(conversion, va_arg(*rest, const void *), star, pc);
    else if (conversion->letter == 'n')
        range_write(va_arg(*rest, void *), conversion->bytes, pc);
    else if (conversion->letter == 'p')
        (void)va_arg(*rest, void *);
    else if (strchr("diouxXc", conversion->letter) && conversion->bytes > sizeof(int))
        (void)va_arg(*rest, long);
    else if (strchr("diouxXcC", conversion->letter))
        (void)va_arg(*rest, int);
    else if (strchr("eEfFgGaA", conversion->letter) && conversion->bytes == sizeof(long double))
        (void)va_arg(*rest, long double);
    else if (strchr("eEfFgGaA", conversion->letter))
        (void)va_arg(*rest, double);
    else
        return conversion->letter == 'm'; // the text of errno
    return true;
}

void range_read_printed(const char *format, va_list arguments, uintptr_t pc)
{
    va_list rest;
    struct conversion conversion;
    if (!engine_on())
        return;
    va_copy(rest, arguments);
    do
        conversion = conversion_next(&format, false);
    while (conversion.letter != '\0' && read_argument(&conversion, &rest, pc));
    va_end(rest);
}

// The bytes that scanf has stored there.
static size_t stored_bytes(const struct conversion *conversion, const void *to)
{
    bool fraction = strchr("eEfFgGaA", conversion->letter) != NULL;
    size_t letter = conversion->long_letters ? sizeof(wchar_t) : 1;
    if (conversion->allocated || conversion->letter == 'p')
        return sizeof(void *);
    if (conversion->letter == 'c')
        return (conversion->limited ? (size_t)conversion->limit : 1) * letter;
    if (conversion->letter == 's' || conversion->letter == '[')
        return (conversion->long_letters ? wcslen(to) + 1 : strlen(to) + 1) * letter;
    return fraction && conversion->bytes < sizeof(float) ? sizeof(float) : conversion->bytes;
}

void range_write_scanned(const char *format, va_list arguments, int count, uintptr_t pc)
{
    va_list rest;
    if (!engine_on())
        return;
    va_copy(rest, arguments);
    while (count > 0) {
        struct conversion conversion = conversion_next(&format, true);
        if (conversion.letter == '\0')
            break;
        if (conversion.skipped)
            continue;
        void *to = va_arg(rest, void *);
        range_write(to, stored_bytes(&conversion, to), pc);
        count -= conversion.letter != 'n';
    }
    va_end(rest);
}
