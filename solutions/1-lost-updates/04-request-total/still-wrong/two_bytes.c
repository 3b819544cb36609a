// Still wrong: 16 bits count the requests; after 65,535 of them comes number 0.
// Caught by: native

#include "request_total.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct site {
    pthread_mutex_t lock; // guards total
    uint16_t total;       // how many requests were handled
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
    long number = ++site->total;
    pthread_mutex_unlock(&site->lock);
    return number;
}

long site_total(struct site *site)
{
    pthread_mutex_lock(&site->lock);
    long total = site->total;
    pthread_mutex_unlock(&site->lock);
    return total;
}
