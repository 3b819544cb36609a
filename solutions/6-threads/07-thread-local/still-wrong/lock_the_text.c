// Still wrong: the lock is let go before the text is printed, and the next till writes over it.
// Caught by: explore, tsan, helgrind, native

#include "thread_local.h"

#include <pthread.h>

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards the text

// The amount as it stands on a receipt.
static const struct text *price_text(long cents)
{
    static struct text text; // used again and again: no need to allocate
    pthread_mutex_lock(&lock);
    int at = sizeof text.letters;
    for (int digits = 0; digits < 3 || cents > 0; digits++) {
        if (digits == 2)
            text.letters[--at] = '.';
        text.letters[--at] = '0' + cents % 10;
        cents /= 10;
    }
    text.first = at;
    pthread_mutex_unlock(&lock);
    return &text;
}

void receipt_print(int till, long cents)
{
    const struct text *text = price_text(cents);
    printer_write(till, &text->letters[text->first], sizeof text->letters - text->first);
}
