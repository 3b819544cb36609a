// Still wrong: no more than four pages are made at once; the fifth visitor waits for a page of
// others.
// Caught by: explore

#include "request_total.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { PAGES = 4 };

struct site {
    sem_t permits; // to make a page
    atomic_long total;
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site) {
        sem_init(&site->permits, 0, PAGES);
        atomic_init(&site->total, 0);
    }
    return site;
}

void site_free(struct site *site)
{
    if (site)
        sem_destroy(&site->permits);
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    sem_wait(&site->permits);
    page_make(request);
    sem_post(&site->permits);
    return atomic_fetch_add(&site->total, 1) + 1;
}

long site_total(struct site *site)
{
    return atomic_load(&site->total);
}
