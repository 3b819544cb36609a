// Also right: the lock is held only to decide who reads the file. The others sleep meanwhile, and
// are all woken.

#include "lazy_init.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards the rest
static pthread_cond_t is_ready = PTHREAD_COND_INITIALIZER;
static bool asked, ready;
static struct settings *current;

static struct settings *load(void)
{
    struct settings *settings = malloc(sizeof *settings);
    if (settings)
        settings_load(settings);
    return settings;
}

// With the lock, which is given back meanwhile.
static void load_for_all(void)
{
    asked = true;
    pthread_mutex_unlock(&lock);
    struct settings *settings = load();
    pthread_mutex_lock(&lock);
    current = settings;
    ready = true;
    pthread_cond_broadcast(&is_ready);
}

const struct settings *settings_get(void)
{
    pthread_mutex_lock(&lock);
    if (!asked)
        load_for_all();
    while (!ready)
        pthread_cond_wait(&is_ready, &lock);
    const struct settings *settings = current;
    pthread_mutex_unlock(&lock);
    return settings;
}

void settings_free(void)
{
    free(current);
}
