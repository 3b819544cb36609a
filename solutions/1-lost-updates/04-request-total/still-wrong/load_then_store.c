// Still wrong: an atomic load and an atomic store, and the whole work lies between the two.
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
    long number = atomic_load(&site->total) + 1;
    page_make(request);
    atomic_store(&site->total, number);
    return number;
}

long site_total(struct site *site)
{
    return atomic_load(&site->total);
}
