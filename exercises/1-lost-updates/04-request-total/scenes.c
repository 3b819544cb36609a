// request_total.h, sentence by sentence. The requests come from nowhere: no socket is needed to
// have one handled.

#include "request_total.h"
#include "server.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

static struct site *site;

// A visitor, and what became of the request.
struct visitor {
    struct request request; // the first member: where a request is, there its visitor begins
    atomic_int pages;       // how often the page was made
    long number;            // what site_handle returned
};

enum { VISITORS = 21, COMPANY = VISITORS / 3 };
static struct visitor visitors[VISITORS];

// Relaxed: a page that is made must not order what the threads do in site_handle.
static void make_page(const struct request *request)
{
    struct visitor *visitor = (struct visitor *)request;
    atomic_fetch_add_explicit(&visitor->pages, 1, memory_order_relaxed);
}

// A site, and visitors whose pages are made in this way.
static void open_site(void (*make)(const struct request *request))
{
    site = site_new();
    for (int i = 0; i < VISITORS; i++)
        visitors[i] = (struct visitor){.request.make = make};
}

static void open_quick_site(void)
{
    open_site(make_page);
}

static void *visit(void *visitor)
{
    struct visitor *own = visitor;
    own->number = site_handle(site, &own->request);
    return NULL;
}

static void first_visit(void)
{
    visit(&visitors[0]);
}

static void second_visit(void)
{
    visit(&visitors[1]);
}

static void third_visit(void)
{
    visit(&visitors[2]);
}

// Ends a scene: the first `count` visitors came, after `earlier` others; their numbers follow.
static void close_site(int count, long earlier)
{
    bool given[VISITORS + 1] = {false};
    for (int i = 0; i < count; i++) {
        long number = visitors[i].number - earlier;
        scene_expect(visitors[i].pages == 1, "the page is made once");
        scene_expect(number >= 1 && number <= count, "the numbers are 1, 2, 3 and so on");
        scene_expect(!given[number], "no two requests have the same number");
        given[number] = true;
    }
    scene_expect(site_total(site) == earlier + count, "every request is counted");
    site_free(site);
}

static void two_have_come(void)
{
    close_site(2, 0);
}

static void three_have_come(void)
{
    close_site(3, 0);
}

// ---- Two sites that have nothing to do with each other ----

static struct site *books, *flowers;
static struct visitor reader = {.request.make = make_page};
static long sold_before;

static void open_books(void)
{
    books = site_new();
    EXPECT(site_total(books) == 0);
    EXPECT(site_handle(books, &reader.request) == 1);
}

static void open_flowers(void)
{
    flowers = site_new();
    sold_before = site_total(flowers);
}

static void each_has_its_own(void)
{
    scene_expect(sold_before == 0, "a new site has sold nothing");
    scene_expect(reader.pages == 1, "the page is made for the reader once");
    EXPECT(site_total(books) == 1);
    EXPECT(site_total(flowers) == 0);
    site_free(books);
    site_free(flowers);
}

// ---- Pages that take long ----

static struct rendezvous two_pages = RENDEZVOUS(2), all_pages = RENDEZVOUS(VISITORS);

static void make_two_together(const struct request *request)
{
    make_page(request);
    scene_expect(rendezvous_meet(&two_pages, PATIENCE), "two pages are made at once");
}

static void open_slow_site(void)
{
    open_site(make_two_together);
}

static void make_all_together(const struct request *request)
{
    make_page(request);
    scene_expect(rendezvous_meet(&all_pages, PATIENCE), "many pages are made at once");
}

static void open_crowded_site(void)
{
    open_site(make_all_together);
}

// Visits, and brings others along.
static void visit_in_company(struct visitor *company)
{
    pthread_t threads[COMPANY];
    for (int i = 1; i < COMPANY; i++)
        pthread_create(&threads[i], NULL, visit, &company[i]);
    visit(&company[0]);
    for (int i = 1; i < COMPANY; i++)
        pthread_join(threads[i], NULL);
}

static void first_company_visits(void)
{
    visit_in_company(&visitors[0]);
}

static void second_company_visits(void)
{
    visit_in_company(&visitors[COMPANY]);
}

static void third_company_visits(void)
{
    visit_in_company(&visitors[2 * COMPANY]);
}

static void all_have_come(void)
{
    close_site(VISITORS, 0);
}

// Takes until another visitor has come and gone.
static void make_while_another_comes_and_goes(const struct request *request)
{
    make_page(request);
    scene_expect(rendezvous_meet(&two_pages, PATIENCE), "another visitor comes");
    scene_expect(rendezvous_meet(&two_pages, PATIENCE), "the other visitor goes, not kept");
}

static void open_to_a_slow_one(void)
{
    open_quick_site();
    visitors[0].request.make = make_while_another_comes_and_goes;
}

static void visit_meanwhile(void)
{
    rendezvous_meet(&two_pages, PATIENCE);
    second_visit();
    rendezvous_meet(&two_pages, PATIENCE);
}

// ---- Many visitors, one after the other ----

enum { CROWD = 300 };

static void open_after_a_crowd(void)
{
    open_quick_site();
    struct visitor other = {.request.make = make_page};
    for (int i = 1; i <= CROWD; i++)
        EXPECT(site_handle(site, &other.request) == i);
    scene_expect(other.pages == CROWD, "a page is made for each request");
    EXPECT(site_total(site) == CROWD);
}

static void two_more_have_come(void)
{
    close_site(2, CROWD);
}

static void visit_in_turns(void)
{
    for (int i = 1; i < VISITORS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, visit, &visitors[i]);
        pthread_join(thread, NULL);
    }
}

// ---- What a site leaves behind ----

static long allocated_before;

// What is allocated once for all sites is here by now.
static void use_one_site(void)
{
    open_quick_site();
    first_visit();
    site_free(site);
    allocated_before = scene_allocated();
    open_quick_site();
}

static void nothing_is_left(void)
{
    two_have_come();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two sites",
     "A site that has had no request yet",
     NULL,
     {open_books, open_flowers},
     each_has_its_own},
    {"two at once",
     "the numbers are 1, 2, 3 and so on, and no two requests have the same",
     open_quick_site,
     {first_visit, second_visit},
     two_have_come},
    {"three at once",
     "Has the page made, once, and counts the request.",
     open_quick_site,
     {first_visit, second_visit, third_visit},
     three_have_come},
    {"visits in turns",
     "the numbers are 1, 2, 3 and so on, and no two requests have the same",
     open_quick_site,
     {first_visit, visit_in_turns},
     all_have_come},
    {"two pages together",
     "several pages are made at once",
     open_slow_site,
     {first_visit, second_visit},
     two_have_come},
    {"many pages together",
     "for many requests at the same time",
     open_crowded_site,
     {first_company_visits, second_company_visits, third_company_visits},
     all_have_come},
    {"another one comes and goes",
     "nobody waits while somebody else's page is being made",
     open_to_a_slow_one,
     {first_visit, visit_meanwhile},
     two_have_come},
    {"a crowd",
     "How many requests were handled.",
     open_after_a_crowd,
     {first_visit, second_visit},
     two_more_have_come},
    {"nothing left",
     "The caller frees it.",
     use_one_site,
     {first_visit, second_visit},
     nothing_is_left},
    {.name = NULL},
};
