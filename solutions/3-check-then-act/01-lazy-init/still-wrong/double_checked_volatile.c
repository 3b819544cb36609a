// Still wrong: double-checked locking with volatile; that orders nothing between threads (in Java
// it does).
// Caught by: explore, tsan, helgrind

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards current
static struct settings *volatile current;

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
