// Still wrong: 64 visitors at a time, and the next 64 when these have come home.
// Caught by: native

#include "fan_in.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { AT_ONCE = 64 };

struct report {
    atomic_int count;      // how many visits it has so far
    struct visit visits[]; // with room for all pages
};

struct visitor {
    pthread_t thread;
    int page;
    struct report *report; // where to put down what it found; the same for all
};

static void report_add(struct report *report, struct visit visit)
{
    report->visits[atomic_fetch_add(&report->count, 1)] = visit;
}

static void *go_and_see(void *argument)
{
    struct visitor *self = argument;
    struct visit visit = {self->page, page_download(self->page)};
    report_add(self->report, visit);
    return NULL;
}

struct report *check_links(int pages)
{
    struct report *report = calloc(1, sizeof *report + pages * sizeof report->visits[0]);
    struct visitor *visitors = calloc(pages, sizeof *visitors);
    for (int first = 0; report && visitors && first < pages; first += AT_ONCE) {
        int end = first + AT_ONCE < pages ? first + AT_ONCE : pages;
        for (int i = first; i < end; i++) {
            visitors[i].page = i;
            visitors[i].report = report;
            pthread_create(&visitors[i].thread, NULL, go_and_see, &visitors[i]);
        }
        for (int i = first; i < end; i++)
            pthread_join(visitors[i].thread, NULL);
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
