// Still wrong: every access is locked and nothing races, but between looking and storing the lock
// is let go.
// Caught by: explore

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards current
static struct settings *current;

static struct settings *look(void)
{
    pthread_mutex_lock(&lock);
    struct settings *settings = current;
    pthread_mutex_unlock(&lock);
    return settings;
}

static void store(struct settings *settings)
{
    pthread_mutex_lock(&lock);
    current = settings;
    pthread_mutex_unlock(&lock);
}

const struct settings *settings_get(void)
{
    if (!look()) {
        struct settings *settings = malloc(sizeof *settings);
        if (settings)
            settings_load(settings);
        store(settings);
    }
    return look();
}

void settings_free(void)
{
    free(current);
}
