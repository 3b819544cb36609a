#include "lazy_init.h"

#include <stdlib.h>

static struct settings *current; // NULL: nobody has asked yet

const struct settings *settings_get(void)
{
    if (!current) {
        struct settings *settings = malloc(sizeof *settings);
        if (!settings)
            return NULL;
        settings_load(settings);
        current = settings;
    }
    return current;
}

void settings_free(void)
{
    free(current);
}
