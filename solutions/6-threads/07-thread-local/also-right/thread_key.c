// Also right: the POSIX way to thread-local memory: a key, and a pointer for each thread under it.

#include "thread_local.h"

#include <pthread.h>
#include <stdlib.h>

// Letters fill the array from its end; the text begins with letters[first].
struct text {
    int first;
    char letters[24];
};

static pthread_key_t key; // under which each thread keeps its text; freed when the thread ends
static pthread_once_t key_made = PTHREAD_ONCE_INIT;

static void make_key(void)
{
    pthread_key_create(&key, free);
}

static struct text *own_text(void)
{
    pthread_once(&key_made, make_key);
    struct text *text = pthread_getspecific(key);
    if (!text) {
        text = malloc(sizeof *text);
        if (!text)
            abort();
        pthread_setspecific(key, text);
    }
    return text;
}

// The amount as it stands on a receipt.
static const struct text *price_text(long cents)
{
    struct text *text = own_text();
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
