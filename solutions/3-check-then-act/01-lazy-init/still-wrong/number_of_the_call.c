// Still wrong: every call draws a number, in one step, and number 0 reads the file. There are
// 65536 numbers, and then comes 0 again.
// Caught by: native

#include "lazy_init.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_ushort calls;
static _Atomic(struct settings *) current; // NULL: not read yet

const struct settings *settings_get(void)
{
    if (atomic_fetch_add(&calls, 1) == 0) {
        struct settings *settings = malloc(sizeof *settings);
        if (!settings)
            abort();
        settings_load(settings);
        free(atomic_exchange(&current, settings));
    }
    struct settings *settings;
    while (!(settings = atomic_load(&current)))
        sched_yield();
    return settings;
}

void settings_free(void)
{
    free(atomic_load(&current));
}
