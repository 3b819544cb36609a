// Still wrong: pthread_once with a control of each call's own. Each call is the first one to ask that.
// Caught by: explore, tsan, helgrind, native

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static struct settings *current; // written once, by load

static void load(void)
{
    current = malloc(sizeof *current);
    if (current)
        settings_load(current);
}

const struct settings *settings_get(void)
{
    pthread_once_t asked = PTHREAD_ONCE_INIT;
    pthread_once(&asked, load); // whoever comes second waits until the first is done
    return current;
}

void settings_free(void)
{
    free(current);
}
