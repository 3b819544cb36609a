// Still wrong: the pointer is atomic, but relaxed: it may arrive before the settings it points to.
// Caught by: explore, tsan, helgrind

#include "lazy_init.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER; // held by the thread that loads
static struct settings *_Atomic current;

static struct settings *load(void)
{
    struct settings *settings = malloc(sizeof *settings);
    if (settings)
        settings_load(settings);
    return settings;
}

const struct settings *settings_get(void)
{
    struct settings *settings = atomic_load_explicit(&current, memory_order_relaxed);
    if (settings)
        return settings;

    pthread_mutex_lock(&loading);
    settings = atomic_load_explicit(&current, memory_order_relaxed);
    if (!settings) {
        settings = load();
        atomic_store_explicit(&current, settings, memory_order_relaxed);
    }
    pthread_mutex_unlock(&loading);
    return settings;
}

void settings_free(void)
{
    free(current);
}
