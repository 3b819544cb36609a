// fan_in.h, sentence by sentence. The pages come from nowhere: no connection is needed to have one
// downloaded. What is noted of a page is noted without a lock, so that two downloads of it race.

#include "fan_in.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls this in place of its own.
extern int (*page_download_in_scene)(int page);

// ---- The site ----

enum { MOST = 20 };
static int pages, downloads[MOST]; // how often, by page
static int first_status;           // of page 0; the others have the numbers after it

static struct rendezvous all_begin, all_end;
static _Thread_local bool has_downloaded;

static int download(int page)
{
    scene_expect(!has_downloaded, "there is a thread for each page");
    has_downloaded = true;
    scene_expect(0 <= page && page < pages, "the pages are 0 ... pages-1");
    scene_expect(rendezvous_meet(&all_begin, PATIENCE), "all pages are visited at the same time");
    downloads[page]++;
    return first_status + page;
}

// Nobody comes home before all do.
static int download_to_the_end(int page)
{
    int status = download(page);
    scene_expect(rendezvous_meet(&all_end, PATIENCE), "all pages are visited at the same time");
    return status;
}

// ---- Many come home, one after the other: as many orders as there are would take for ever ----

static pthread_key_t on_its_way;          // has a destructor, which runs when a thread has ended
static struct rendezvous next_goes[MOST]; // by page: its thread has ended, and the next is to go on

static void let_next_go(void *rendezvous)
{
    rendezvous_meet(rendezvous, PATIENCE);
}

// The meetings order nothing, and whoever wants to wait for the others may: in vain they are no harm.
static int download_in_turn(int page)
{
    int status = download(page);
    if (page > 0)
        rendezvous_meet(&next_goes[page - 1], PATIENCE);
    if (page < pages - 1)
        pthread_setspecific(on_its_way, &next_goes[page]);
    return status;
}

static void open_site(int number, int (*get)(int page))
{
    pages = number;
    first_status = 200;
    all_begin = (struct rendezvous)RENDEZVOUS(pages);
    all_end = (struct rendezvous)RENDEZVOUS(pages);
    page_download_in_scene = get;
}

// ---- The report ----

static struct report *report;

// The caller may be one of the visitors: of one page.
static void check(void)
{
    has_downloaded = false;
    report = check_links(pages);
}

// The report has one visit for each page, each with the status that the page has.
static void each_is_in(const struct report *checked, int status_of_first)
{
    bool seen[MOST] = {false};
    scene_expect(report_count(checked) == pages, "the report has one visit for each page");
    for (int i = 0; i < pages; i++) {
        struct visit visit = report_visit(checked, i);
        scene_expect(0 <= visit.page && visit.page < pages && !seen[visit.page],
                     "each page is in the report once");
        seen[visit.page] = true;
        scene_expect(visit.status == status_of_first + visit.page,
                     "a visit has the status of its page");
    }
}

static void each_is_visited_once(void)
{
    for (int i = 0; i < pages; i++)
        scene_expect(downloads[i] == 1, "each page is downloaded once");
    each_is_in(report, first_status);
    each_is_in(report, first_status); // looking changes nothing
    report_free(report);
}

static void site_of_one(void)
{
    open_site(1, download);
}

static void site_of_two(void)
{
    open_site(2, download);
}

static void site_of_three(void)
{
    open_site(3, download);
}

static void site_of_three_until_all_are_done(void)
{
    open_site(3, download_to_the_end);
}

static void site_of_many(void)
{
    open_site(MOST, download_in_turn);
    pthread_key_create(&on_its_way, let_next_go);
    for (int i = 0; i < MOST; i++)
        next_goes[i] = (struct rendezvous)RENDEZVOUS(2);
}

// Statuses of every kind: none of them means "not yet".
static void site_of_two_that_is_down(void)
{
    site_of_two();
    first_status = -1;
}

// ---- Two reports of one site, whose pages change meanwhile ----

static struct report *earlier;

static void check_twice(void)
{
    check();
    earlier = report;
    first_status = 404;
    check();
}

static void both_reports_are_right(void)
{
    each_is_in(earlier, 200);
    each_is_in(report, 404);
    report_free(earlier);
    each_is_in(report, 404);
    report_free(report);
}

// ---- What a report leaves behind ----

static long allocated_before;

// What is allocated once for all reports is here by now.
static void check_once(void)
{
    site_of_two();
    check();
    report_free(report);
    allocated_before = scene_allocated();
    downloads[0] = downloads[1] = 0;
}

static void nothing_is_left(void)
{
    each_is_visited_once();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one page", "Visits the pages 0 ... pages-1", site_of_one, {check}, each_is_visited_once},
    {"two pages",
     "The report has one visit for each page, in any order",
     site_of_two,
     {check},
     each_is_visited_once},
    {"three pages",
     "How many visits the report has, and the one at `index` (from 0).",
     site_of_three,
     {check},
     each_is_visited_once},
    {"three until all are done",
     "all at the same time, with a thread for each",
     site_of_three_until_all_are_done,
     {check},
     each_is_visited_once},
    {"many pages", "Visits the pages 0 ... pages-1", site_of_many, {check}, each_is_visited_once},
    {"a site that is down",
     "Downloads one page and gives the status of the answer",
     site_of_two_that_is_down,
     {check},
     each_is_visited_once},
    {"two reports",
     "The report has one visit for each page",
     site_of_two,
     {check_twice},
     both_reports_are_right},
    {"nothing left", "The caller frees it.", check_once, {check}, nothing_is_left},
    {.name = NULL},
};
