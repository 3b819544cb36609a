// Has a site of ten pages checked, `rounds` times. The site is real, on the loopback interface; it
// answers none of the ten requests before it has all of them.
//
// If there are rounds enough, a large site is checked at last, whose pages come from nowhere: more of them
// than a byte can count, each with a thread, and all under way together.

#include "fan_in.h"
#include "web.h"

#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGES = 10, PATIENCE_MS = 5000, LARGE = 300, ROUNDS_ENOUGH = 10 };

static struct web *site;
static struct rendezvous downloaded = RENDEZVOUS(PAGES); // they all come home at the same moment

// A site without a connection: that of a scene (scenes.c), or the large one; NULL: it is the real one.
int (*page_download_in_scene)(int page);

int page_download(int page)
{
    if (page_download_in_scene)
        return page_download_in_scene(page);
    int status = web_get(site, page);
    if (!web_was_lonely(site))
        rendezvous_meet(&downloaded, PATIENCE_MS);
    return status;
}

// How many of so many pages have exactly one visit in the report, with the right status.
static int pages_right(const struct report *report, int pages)
{
    int seen[LARGE] = {0}, right = 0;
    for (int i = 0; i < report_count(report) && i < pages; i++) {
        struct visit visit = report_visit(report, i);
        if (visit.page >= 0 && visit.page < pages && visit.status == web_status(visit.page))
            seen[visit.page]++;
    }
    for (int page = 0; page < pages; page++)
        right += seen[page] == 1;
    return right;
}

// ---- The large site ----

static struct rendezvous all_under_way = RENDEZVOUS(LARGE);
static atomic_bool apart; // they were not

static int download_from_large_site(int page)
{
    if (!atomic_load_explicit(&apart, memory_order_relaxed) &&
        !rendezvous_meet(&all_under_way, PATIENCE_MS))
        atomic_store_explicit(&apart, true, memory_order_relaxed);
    return web_status(page);
}

// Returns how many pages of the large site are in its report as they should be.
static int check_large_site(void)
{
    page_download_in_scene = download_from_large_site;
    struct report *report = check_links(LARGE);
    page_download_in_scene = NULL;
    int right = report ? pages_right(report, LARGE) : 0;
    if (report)
        report_free(report);
    return right;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    long want = rounds * PAGES, got = 0, entries = 0;
    site = web_open(PAGES, PATIENCE_MS);
    for (long round = 0; round < rounds; round++) {
        struct report *report = check_links(PAGES);
        if (!report)
            continue;
        got += pages_right(report, PAGES);
        entries += report_count(report);
        report_free(report);
    }
    bool lonely = web_was_lonely(site);
    web_close(site);
    int large_right = rounds < ROUNDS_ENOUGH ? LARGE : check_large_site();

    printf("want: %ld, got: %ld\n", want, got);
    if (entries != want)
        printf("visits in the reports: %ld\n", entries);
    if (lonely || apart)
        printf("the downloads were not under way together\n");
    if (large_right < LARGE)
        printf("of the large site, want: %d, got: %d\n", LARGE, large_right);
    return got == want && entries == want && !lonely && !apart && large_right == LARGE ? 0 : 1;
}
