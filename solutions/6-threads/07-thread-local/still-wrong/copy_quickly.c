// Still wrong: a copy made at once is a moment too late: the till next door may be faster.
// Caught by: explore, tsan, helgrind

#include "thread_local.h"

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt.
static const struct text *price_text(long cents)
{
    static struct text text; // used again and again: no need to allocate
    int at = sizeof text.letters;
    for (int digits = 0; digits < 3 || cents > 0; digits++) {
        if (digits == 2)
            text.letters[--at] = '.';
        text.letters[--at] = '0' + cents % 10;
        cents /= 10;
    }
    text.first = at;
    return &text;
}

void receipt_print(int till, long cents)
{
    struct text text = *price_text(cents); // a copy of our own
    printer_write(till, &text.letters[text.first], sizeof text.letters - text.first);
}
