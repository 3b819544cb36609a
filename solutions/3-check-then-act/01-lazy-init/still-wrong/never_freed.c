// Still wrong: read once, by the first, and complete; but settings_free only forgets it.
// Caught by: explore

#include "lazy_init.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_once_t asked = PTHREAD_ONCE_INIT;
static struct settings *current; // written once, by load

static void load(void)
{
    current = malloc(sizeof *current);
    if (current)
        settings_load(current);
}

const struct settings *settings_get(void)
{
    pthread_once(&asked, load); // whoever comes second waits until the first is done
    return current;
}

void settings_free(void)
{
    current = NULL;
}
