// Still wrong: who comes second waits for ten minutes by the clock, and then goes on with nothing.
// "Nobody reads a file for so long" is no order.
// Caught by: explore

#include "lazy_init.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 600 }; // seconds

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
    time_t deadline = time(NULL) + PATIENCE;
    while (!atomic_load(&current) && time(NULL) < deadline)
        usleep(1000);
    return atomic_load(&current);
}

void settings_free(void)
{
    free(atomic_load(&current));
}
