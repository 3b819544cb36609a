// Still wrong: a text for each of 32 tills, found by the last bits of its number.
// Caught by: explore

#include "thread_local.h"

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

// The amount as it stands on a receipt, in the text of that till.
static const struct text *price_text(int till, long cents)
{
    static struct text texts[32];
    struct text *text = &texts[till % 32];
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
    const struct text *text = price_text(till, cents);
    printer_write(till, &text->letters[text->first], sizeof text->letters - text->first);
}
