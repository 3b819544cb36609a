// Still wrong: notices that the total has changed since it was read, and then does not count at
// all.
// Caught by: explore, tsan, helgrind, native

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
    atomic_compare_exchange_strong(&site->total, &seen, seen + 1);
    return seen + 1;
}

long site_total(struct site *site)
{
    return atomic_load(&site->total);
}
