// Also right: stores only if the total is still what was read before the work; else it tries again.

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
    long seen = atomic_load(&site->total);
    page_make(request);
    while (!atomic_compare_exchange_weak(&site->total, &seen, seen + 1))
        ; // somebody was counted meanwhile; seen is now the new total
    return seen + 1;
}

long site_total(struct site *site)
{
    return atomic_load(&site->total);
}
