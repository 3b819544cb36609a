// Also right: call_once of C11 does what pthread_once does.

#include "lazy_init.h"

#include <stdlib.h>
#include <threads.h>

static once_flag asked = ONCE_FLAG_INIT;
static struct settings *current; // written once, by load

static void load(void)
{
    current = malloc(sizeof *current);
    if (current)
        settings_load(current);
}

const struct settings *settings_get(void)
{
    call_once(&asked, load);
    return current;
}

void settings_free(void)
{
    free(current);
}
