// Still wrong: with the lock held while printing, one till prints and four wait.
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
    pthread_mutex_lock(&lock);
    const struct text *text = price_text(cents);
    printer_write(till, &text->letters[text->first], sizeof text->letters - text->first);
    pthread_mutex_unlock(&lock);
}
