// Still wrong: an atomic count deals out sixteen texts in turn: the seventeenth till writes over
// the first one's.
// Caught by: explore

#include "thread_local.h"

#include <stdatomic.h>

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt.
static const struct text *price_text(long cents)
{
    static struct text texts[16];
    static atomic_uint next;
    struct text *text = &texts[atomic_fetch_add(&next, 1) % 16];
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
    const struct text *text = price_text(cents);
    printer_write(till, &text->letters[text->first], sizeof text->letters - text->first);
}
