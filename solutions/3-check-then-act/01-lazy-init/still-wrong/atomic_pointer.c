// Still wrong: an atomic look and an atomic store are two steps; in between, everybody reads the
// file.
// Caught by: explore

#include "lazy_init.h"

#include <stdatomic.h>
#include <stdlib.h>

static struct settings *_Atomic current;

const struct settings *settings_get(void)
{
    if (!atomic_load(&current)) {
        struct settings *settings = malloc(sizeof *settings);
        if (settings)
            settings_load(settings);
        atomic_store(&current, settings);
    }
    return atomic_load(&current);
}

void settings_free(void)
{
    free(current);
}
