// Still wrong: each thread allocates its own text, and nobody frees it when the thread ends.
// Caught by: explore

#include "thread_local.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { LONGEST = 24 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t own_text;

static void make_key(void)
{
    pthread_key_create(&own_text, NULL);
}

// The text of the calling thread, with room for LONGEST characters.
static char *text_of_thread(void)
{
    pthread_once(&once, make_key);
    char *text = pthread_getspecific(own_text);
    if (!text) {
        text = malloc(LONGEST);
        if (!text)
            abort();
        pthread_setspecific(own_text, text);
    }
    return text;
}

void receipt_print(int till, long cents)
{
    char *text = text_of_thread();
    int length = snprintf(text, LONGEST, "%ld.%02ld", cents / 100, cents % 100);
    printer_write(till, text, (size_t)length);
}
