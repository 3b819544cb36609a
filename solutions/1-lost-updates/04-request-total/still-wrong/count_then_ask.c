// Still wrong: the total is right, but by the time it is asked for the number it is another's.
// Caught by: explore

#include "request_total.h"

#include <pthread.h>
#include <stdlib.h>

struct site {
    pthread_mutex_t lock; // guards total
    long total;           // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site) {
        pthread_mutex_init(&site->lock, NULL);
        site->total = 0;
    }
    return site;
}

void site_free(struct site *site)
{
    if (site)
        pthread_mutex_destroy(&site->lock);
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    page_make(request);
    pthread_mutex_lock(&site->lock);
    site->total++;
    pthread_mutex_unlock(&site->lock);
    return site_total(site);
}

long site_total(struct site *site)
{
    pthread_mutex_lock(&site->lock);
    long total = site->total;
    pthread_mutex_unlock(&site->lock);
    return total;
}
