// Still wrong: the first look is made without the lock, at a plain pointer: it races with the
// store, and who sees the pointer need not see the settings behind it.
// Caught by: explore, tsan, helgrind

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards current
static struct settings *current;

const struct settings *settings_get(void)
{
    if (current)
        return current;

    pthread_mutex_lock(&lock);
    if (!current) {
        struct settings *settings = malloc(sizeof *settings);
        if (settings)
            settings_load(settings);
        current = settings;
    }
    pthread_mutex_unlock(&lock);
    return current;
}

void settings_free(void)
{
    free(current);
}
