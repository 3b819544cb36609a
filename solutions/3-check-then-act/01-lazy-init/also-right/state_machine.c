// Also right: one thread wins the step from UNREAD to READING; the others give way until it is
// READY. This is about what is inside pthread_once, less the sleeping.

#include "lazy_init.h"

#include <sched.h>
#include <stdatomic.h>

enum { UNREAD, READING, READY };

static atomic_int state;
static struct settings current; // written by the winner, before READY

const struct settings *settings_get(void)
{
    int unread = UNREAD;
    if (atomic_compare_exchange_strong(&state, &unread, READING)) {
        settings_load(&current);
        atomic_store(&state, READY);
    }
    while (atomic_load(&state) != READY)
        sched_yield();
    return &current;
}

void settings_free(void)
{
}
