// Also right: a look that costs nothing comes first, and only who finds nothing goes to
// pthread_once. The pointer is atomic, for it is read while it may be written.

#include "lazy_init.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_once_t asked = PTHREAD_ONCE_INIT;
static _Atomic(struct settings *) current; // stored once, by load, when all is read

static void load(void)
{
    struct settings *settings = malloc(sizeof *settings);
    if (settings)
        settings_load(settings);
    atomic_store_explicit(&current, settings, memory_order_release);
}

const struct settings *settings_get(void)
{
    const struct settings *settings = atomic_load_explicit(&current, memory_order_acquire);
    if (settings)
        return settings;
    pthread_once(&asked, load);
    return atomic_load_explicit(&current, memory_order_acquire);
}

void settings_free(void)
{
    free(atomic_load(&current));
}
