// Still wrong: only the first one reads the file, but the others do not wait for it: they leave
// with NULL.
// Caught by: explore

#include "lazy_init.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_flag asked = ATOMIC_FLAG_INIT;
static struct settings *_Atomic current;

const struct settings *settings_get(void)
{
    if (!atomic_flag_test_and_set(&asked)) {
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
