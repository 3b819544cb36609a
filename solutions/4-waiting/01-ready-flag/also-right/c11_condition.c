// Also right: mutex and condition variable of C11.

#include "ready_flag.h"

#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

struct bulletin {
    mtx_t lock;   // guards report and ready
    cnd_t posted; // ready has become true
    struct report report;
    bool ready;
};

struct bulletin *bulletin_new(void)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    if (bulletin) {
        mtx_init(&bulletin->lock, mtx_plain);
        cnd_init(&bulletin->posted);
    }
    return bulletin;
}

void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin) {
        cnd_destroy(&bulletin->posted);
        mtx_destroy(&bulletin->lock);
    }
    free(bulletin);
}

void bulletin_post(struct bulletin *bulletin, const struct report *report)
{
    mtx_lock(&bulletin->lock);
    bulletin->report = *report;
    bulletin->ready = true;
    mtx_unlock(&bulletin->lock);
    cnd_broadcast(&bulletin->posted);
}

struct report bulletin_read(struct bulletin *bulletin)
{
    mtx_lock(&bulletin->lock);
    while (!bulletin->ready)
        cnd_wait(&bulletin->posted, &bulletin->lock);
    struct report report = bulletin->report;
    mtx_unlock(&bulletin->lock);
    return report;
}
