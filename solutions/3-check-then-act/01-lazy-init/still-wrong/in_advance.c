// Still wrong: read before main starts, whether or not anybody will ask; lazy it is no more.
// Caught by: explore, tsan, helgrind, native

#include "lazy_init.h"

static struct settings current;

__attribute__((constructor)) static void load(void)
{
    settings_load(&current);
}

const struct settings *settings_get(void)
{
    return &current;
}

void settings_free(void)
{
}
