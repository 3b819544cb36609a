// Also right: each thread asks once, and remembers the answer in a thread-local pointer. What it points to
// is the same for all.

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_once_t asked = PTHREAD_ONCE_INIT;
static struct settings *current; // written once, by load

static void load(void)
{
    current = malloc(sizeof *current);
    if (current)
        settings_load(current);
}

const struct settings *settings_get(void)
{
    static _Thread_local const struct settings *mine;
    if (!mine) {
        pthread_once(&asked, load);
        mine = current;
    }
    return mine;
}

void settings_free(void)
{
    free(current);
}
