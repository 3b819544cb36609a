// Still wrong: nothing is shared, so nothing races; and every thread reads the file for itself.
// Caught by: explore, tsan, helgrind, native

#include "lazy_init.h"

#include <stdbool.h>

static _Thread_local struct settings own;
static _Thread_local bool read_before;

const struct settings *settings_get(void)
{
    if (!read_before)
        settings_load(&own);
    read_before = true;
    return &own;
}

void settings_free(void)
{
}
