// Also right: the mutex of C11, and a total that is read when all threads are joined.

#include "request_total.h"

#include <stdlib.h>
#include <threads.h>

struct site {
    mtx_t lock; // guards total
    long total; // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site) {
        mtx_init(&site->lock, mtx_plain);
        site->total = 0;
    }
    return site;
}

void site_free(struct site *site)
{
    if (site)
        mtx_destroy(&site->lock);
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    page_make(request);
    mtx_lock(&site->lock);
    long number = ++site->total;
    mtx_unlock(&site->lock);
    return number;
}

long site_total(struct site *site)
{
    return site->total;
}
