// Still wrong: four texts in turn put the collision off to the fifth till.
// Caught by: explore, tsan, helgrind, native

#include "thread_local.h"

#include <stdatomic.h>

enum { RING = 4 };

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt.
static const struct text *price_text(long cents)
{
    static struct text ring[RING];
    static atomic_uint next;
    struct text *text = &ring[atomic_fetch_add(&next, 1) % RING];
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
