// Also right: readers share a read lock; whoever finds nothing takes the write lock and looks
// again.

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER; // guards current
static struct settings *current;

static struct settings *look(void)
{
    pthread_rwlock_rdlock(&lock);
    struct settings *settings = current;
    pthread_rwlock_unlock(&lock);
    return settings;
}

static struct settings *look_again_or_load(void)
{
    pthread_rwlock_wrlock(&lock);
    if (!current) {
        current = malloc(sizeof *current);
        if (current)
            settings_load(current);
    }
    struct settings *settings = current;
    pthread_rwlock_unlock(&lock);
    return settings;
}

const struct settings *settings_get(void)
{
    struct settings *settings = look();
    return settings ? settings : look_again_or_load();
}

void settings_free(void)
{
    free(current);
}
