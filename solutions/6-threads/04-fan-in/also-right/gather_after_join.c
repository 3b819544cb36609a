// Also right: each thread keeps what it found; the one that joins them writes the list.

#include "fan_in.h"

#include <pthread.h>
#include <stdlib.h>

struct report {
    int count;             // how many visits it has so far
    struct visit visits[]; // with room for all pages
};

struct visitor {
    pthread_t thread;
    struct visit visit; // the page to see, and then what became of it
};

static void report_add(struct report *report, struct visit visit)
{
    report->visits[report->count] = visit;
    report->count++;
}

static void *go_and_see(void *argument)
{
    struct visitor *self = argument;
    self->visit.status = page_download(self->visit.page);
    return NULL;
}

struct report *check_links(int pages)
{
    struct report *report = calloc(1, sizeof *report + pages * sizeof report->visits[0]);
    struct visitor *visitors = calloc(pages, sizeof *visitors);
    for (int i = 0; report && visitors && i < pages; i++) {
        visitors[i].visit.page = i;
        pthread_create(&visitors[i].thread, NULL, go_and_see, &visitors[i]);
    }
    for (int i = 0; report && visitors && i < pages; i++) {
        pthread_join(visitors[i].thread, NULL);
        report_add(report, visitors[i].visit);
    }
    free(visitors);
    return report;
}

void report_free(struct report *report)
{
    free(report);
}

int report_count(const struct report *report)
{
    return report->count;
}

struct visit report_visit(const struct report *report, int index)
{
    return report->visits[index];
}
