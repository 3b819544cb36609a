// Also right: one atomic step adds one and tells what it found.

#include "request_total.h"

#include <stdatomic.h>
#include <stdlib.h>

struct site {
    atomic_long total; // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site)
        atomic_init(&site->total, 0);
    return site;
}

void site_free(struct site *site)
{
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    page_make(request);
    return atomic_fetch_add(&site->total, 1) + 1;
}

long site_total(struct site *site)
{
    return atomic_load(&site->total);
}
