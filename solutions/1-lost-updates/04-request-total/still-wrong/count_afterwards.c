// Still wrong: the gap is now a few instructions instead of the whole work; that is rarer, not
// right.
// Caught by: explore, tsan, helgrind

#include "request_total.h"

#include <stdlib.h>

struct site {
    long total; // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site)
        site->total = 0;
    return site;
}

void site_free(struct site *site)
{
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    page_make(request);
    return ++site->total;
}

long site_total(struct site *site)
{
    return site->total;
}
