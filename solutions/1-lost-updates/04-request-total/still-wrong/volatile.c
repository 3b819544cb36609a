// Still wrong: volatile forbids the compiler to remember the total; the variable `number` remembers
// it.
// Caught by: explore, tsan, helgrind, native

#include "request_total.h"

#include <stdlib.h>

struct site {
    volatile long total; // how many requests were handled
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
    long number = site->total + 1;
    page_make(request);
    site->total = number;
    return number;
}

long site_total(struct site *site)
{
    return site->total;
}
