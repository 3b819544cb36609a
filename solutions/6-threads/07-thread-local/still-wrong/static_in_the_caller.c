// Still wrong: the caller brings the memory, but brings a static variable.
// Caught by: explore, tsan, helgrind, native

#include "thread_local.h"

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt, into `text`.
static void price_text(long cents, struct text *text)
{
    int at = sizeof text->letters;
    for (int digits = 0; digits < 3 || cents > 0; digits++) {
        if (digits == 2)
            text->letters[--at] = '.';
        text->letters[--at] = '0' + cents % 10;
        cents /= 10;
    }
    text->first = at;
}

void receipt_print(int till, long cents)
{
    static struct text text;
    price_text(cents, &text);
    printer_write(till, &text.letters[text.first], sizeof text.letters - text.first);
}
