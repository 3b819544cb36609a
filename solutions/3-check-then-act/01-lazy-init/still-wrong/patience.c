// Still wrong: who comes second looks a thousand times, a millisecond apart, whether the first is
// done. A file on a slow disk may take longer than a second.
// Caught by: explore

#include "lazy_init.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_bool asked;
static _Atomic(struct settings *) current; // NULL: not read yet

const struct settings *settings_get(void)
{
    if (!atomic_exchange(&asked, true)) {
        struct settings *settings = malloc(sizeof *settings);
        if (settings)
            settings_load(settings);
        atomic_store(&current, settings);
    }
    for (int i = 0; i < 1000 && !atomic_load(&current); i++)
        usleep(1000);
    return atomic_load(&current);
}

void settings_free(void)
{
    free(atomic_load(&current));
}
