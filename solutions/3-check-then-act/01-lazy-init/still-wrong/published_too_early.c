// Still wrong: the pointer is stored before the settings are read; others get an empty object.
// Caught by: explore, tsan, helgrind

#include "lazy_init.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER; // held by the thread that loads
static struct settings *_Atomic current;

const struct settings *settings_get(void)
{
    if (current)
        return current;

    pthread_mutex_lock(&loading);
    if (!current) {
        current = calloc(1, sizeof *current);
        if (current)
            settings_load(current);
    }
    pthread_mutex_unlock(&loading);
    return current;
}

void settings_free(void)
{
    free(current);
}
