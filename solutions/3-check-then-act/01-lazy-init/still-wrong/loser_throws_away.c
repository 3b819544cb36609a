// Still wrong: all return the same object, for only one is stored; but several threads read the
// file, and that was to happen once.
// Caught by: explore

#include "lazy_init.h"

#include <stdatomic.h>
#include <stdlib.h>

static struct settings *_Atomic current;

const struct settings *settings_get(void)
{
    struct settings *winner = atomic_load(&current);
    if (winner)
        return winner;

    struct settings *mine = malloc(sizeof *mine);
    if (!mine)
        return NULL;
    settings_load(mine);
    if (atomic_compare_exchange_strong(&current, &winner, mine))
        return mine;
    free(mine);
    return winner;
}

void settings_free(void)
{
    free(current);
}
