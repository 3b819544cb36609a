// Also right: a semaphore with a single permit serves as the lock, and pthread_once makes the
// semaphore.

#include "lazy_init.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

static pthread_once_t made = PTHREAD_ONCE_INIT;
static sem_t permit; // whoever holds it may touch the rest
static bool read_before;
static struct settings current;

static void make_permit(void)
{
    sem_init(&permit, 0, 1);
}

const struct settings *settings_get(void)
{
    pthread_once(&made, make_permit);
    sem_wait(&permit);
    if (!read_before)
        settings_load(&current);
    read_before = true;
    sem_post(&permit);
    return &current;
}

void settings_free(void)
{
    if (read_before)
        sem_destroy(&permit);
}
