// Also right: each call allocates a text, and the one who asked for it frees it.

#include "thread_local.h"

#include <stdlib.h>

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt. The caller frees it.
static struct text *price_text(long cents)
{
    struct text *text = malloc(sizeof *text);
    if (!text)
        abort();
    int at = sizeof text->letters;
    for (int digits = 0; digits < 3 || cents > 0; digits++) {
        if (digits == 2)
            text->letters[--at] = '.';
        text->letters[--at] = '0' + cents % 10;
        cents /= 10;
    }
    text->first = at;
    return text;
}

void receipt_print(int till, long cents)
{
    struct text *text = price_text(cents);
    printer_write(till, &text->letters[text->first], sizeof text->letters - text->first);
    free(text);
}
