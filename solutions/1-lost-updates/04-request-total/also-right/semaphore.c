// Also right: a semaphore with one permit, and nobody keeps the permit during the work.

#include "request_total.h"

#include <semaphore.h>
#include <stdlib.h>

struct site {
    sem_t permit; // guards total
    long total;   // how many requests were handled
};

struct site *site_new(void)
{
    struct site *site = malloc(sizeof *site);
    if (site) {
        sem_init(&site->permit, 0, 1);
        site->total = 0;
    }
    return site;
}

void site_free(struct site *site)
{
    if (site)
        sem_destroy(&site->permit);
    free(site);
}

long site_handle(struct site *site, const struct request *request)
{
    page_make(request);
    sem_wait(&site->permit);
    long number = ++site->total;
    sem_post(&site->permit);
    return number;
}

long site_total(struct site *site)
{
    return site->total;
}
