// Also right: looking and reading the file are one critical section; every later call pays for a
// lock.

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards current
static struct settings *current;

const struct settings *settings_get(void)
{
    pthread_mutex_lock(&lock);
    if (!current) {
        current = malloc(sizeof *current);
        if (current)
            settings_load(current);
    }
    const struct settings *settings = current;
    pthread_mutex_unlock(&lock);
    return settings;
}

void settings_free(void)
{
    free(current);
}
