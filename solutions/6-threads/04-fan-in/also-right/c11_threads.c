// Also right: the threads and the mutex of C11.

#include "fan_in.h"

#include <stdlib.h>
#include <threads.h>

struct report {
    mtx_t lock;            // guards what follows
    int count;             // how many visits it has so far
    struct visit visits[]; // with room for all pages
};

struct visitor {
    thrd_t thread;
    int page;
    struct report *report; // where to put down what it found; the same for all
};

static void report_add(struct report *report, struct visit visit)
{
    mtx_lock(&report->lock);
    report->visits[report->count] = visit;
    report->count++;
    mtx_unlock(&report->lock);
}

static int go_and_see(void *argument)
{
    struct visitor *self = argument;
    struct visit visit = {self->page, page_download(self->page)};
    report_add(self->report, visit);
    return 0;
}

struct report *check_links(int pages)
{
    struct report *report = calloc(1, sizeof *report + pages * sizeof report->visits[0]);
    if (report)
        mtx_init(&report->lock, mtx_plain);
    struct visitor *visitors = calloc(pages, sizeof *visitors);
    for (int i = 0; report && visitors && i < pages; i++) {
        visitors[i].page = i;
        visitors[i].report = report;
        thrd_create(&visitors[i].thread, go_and_see, &visitors[i]);
    }
    for (int i = 0; report && visitors && i < pages; i++)
        thrd_join(visitors[i].thread, NULL);
    free(visitors);
    return report;
}

void report_free(struct report *report)
{
    if (report)
        mtx_destroy(&report->lock);
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
