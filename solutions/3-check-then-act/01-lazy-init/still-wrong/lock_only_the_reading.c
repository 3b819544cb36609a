// Still wrong: the question is asked outside the lock, and nobody asks again inside.
// Caught by: explore, tsan, helgrind

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct settings *current;

const struct settings *settings_get(void)
{
    if (!current) {
        pthread_mutex_lock(&lock);
        struct settings *settings = malloc(sizeof *settings);
        if (settings)
            settings_load(settings);
        current = settings;
        pthread_mutex_unlock(&lock);
    }
    return current;
}

void settings_free(void)
{
    free(current);
}
