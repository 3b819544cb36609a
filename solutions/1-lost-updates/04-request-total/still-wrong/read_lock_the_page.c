// Still wrong: pages are made side by side under a read lock; to be counted, one waits for all of
// them.
// Caught by: explore

#include "request_total.h"

#include <pthread.h>
#include <stdlib.h>

struct site {
    pthread_rwlock_t lock; // guards total
    long total;            // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site) {
        pthread_rwlock_init(&site->lock, NULL);
        site->total = 0;
    }
    return site;
}

void site_free(struct site *site)
{
    if (site)
        pthread_rwlock_destroy(&site->lock);
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    pthread_rwlock_rdlock(&site->lock);
    page_make(request);
    pthread_rwlock_unlock(&site->lock);
    pthread_rwlock_wrlock(&site->lock);
    long number = ++site->total;
    pthread_rwlock_unlock(&site->lock);
    return number;
}

long site_total(struct site *site)
{
    pthread_rwlock_rdlock(&site->lock);
    long total = site->total;
    pthread_rwlock_unlock(&site->lock);
    return total;
}
