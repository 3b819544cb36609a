// A link checker looks through `rounds` web sites. Four workers check a page each, find a link on
// it, and check the page behind that, too: eight tasks. Two readers wait for the result, a third
// one comes late. Workers and readers are threads; the main thread looks after them. In a long run
// there is also a site with more pages than 16 bits count, and one reader.
//
// A reader that sleeps though all is done is given PATIENCE_MS, and then freed by reporting more as
// done.

#include "task_done.h"

#include <pthread.h>
#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4, EARLY = 2, LATE = 1, READERS = EARLY + LATE, ALL = 1 + WORKERS + READERS };
enum { PATIENCE_MS = 1500, LONG_MS = 10000, LONG_RUN = 1000, PAGES = 65536 };

struct site {
    struct tasks *tasks;
    bool first[WORKERS], second[WORKERS]; // pages that were checked, by worker
};

struct reader {
    bool late;
    long whole; // sites of which it saw all pages checked
};

static struct site *sites;
static long rounds;
static atomic_bool overslept; // then no more sites are checked
static struct rendezvous start = RENDEZVOUS(ALL);
static struct rendezvous checked = RENDEZVOUS(WORKERS + LATE);
static struct rendezvous through = RENDEZVOUS(1 + READERS); // no reader waits any more

// Meets all at the start of a site. False: there is nothing more to do.
static bool begin(void)
{
    rendezvous_meet(&start, LONG_MS);
    return !atomic_load_explicit(&overslept, memory_order_relaxed);
}

static void *work(void *data)
{
    int worker = *(const int *)data;
    for (long i = 0; i < rounds && begin(); i++) {
        struct site *site = &sites[i];
        site->first[worker] = true;
        tasks_add(site->tasks);
        tasks_done(site->tasks);
        site->second[worker] = true;
        tasks_done(site->tasks);
        rendezvous_meet(&checked, LONG_MS);
    }
    return NULL;
}

static bool is_whole(const struct site *site)
{
    bool whole = true;
    for (int i = 0; i < WORKERS; i++)
        whole &= site->first[i] && site->second[i];
    return whole;
}

static void *read_results(void *data)
{
    struct reader *reader = data;
    for (long i = 0; i < rounds && begin(); i++) {
        if (reader->late)
            rendezvous_meet(&checked, LONG_MS);
        tasks_wait(sites[i].tasks);
        reader->whole += is_whole(&sites[i]);
        rendezvous_meet(&through, LONG_MS);
    }
    return NULL;
}

// Frees readers that sleep on. If they do not wake, the program ends here.
static void rescue(struct site *site)
{
    atomic_store_explicit(&overslept, true, memory_order_relaxed);
    for (int i = 0; i < 2 * WORKERS; i++)
        tasks_done(site->tasks);
    if (rendezvous_meet(&through, PATIENCE_MS))
        return;
    puts("want: readers that wake when all is done, got: one that sleeps on, and cannot be woken");
    exit(1);
}

static void look_after(void)
{
    for (long i = 0; i < rounds && begin(); i++)
        if (!rendezvous_meet(&through, PATIENCE_MS))
            rescue(&sites[i]);
}

// ---- A site with very many pages ----

static struct large_site {
    struct tasks *tasks;
    struct watched reader;
    sem_t reader_comes;
    atomic_bool read; // somebody was told that all pages are checked
} large;

static void *read_large_site(void *unused)
{
    asleep_watch_me(&large.reader);
    sem_post(&large.reader_comes);
    tasks_wait(large.tasks);
    atomic_store_explicit(&large.read, true, memory_order_relaxed);
    return unused;
}

// Whether the reader is kept waiting while so many pages are left that 16 bits would say none.
static bool large_site_is_read_last(void)
{
    pthread_t thread;
    large.tasks = tasks_new(PAGES / 2);
    for (int i = PAGES / 2; i < PAGES; i++)
        tasks_add(large.tasks);
    sem_init(&large.reader_comes, 0, 0);
    pthread_create(&thread, NULL, read_large_site, NULL);
    sem_wait(&large.reader_comes);
    asleep_or_busy(&large.reader);
    bool too_early = atomic_load_explicit(&large.read, memory_order_relaxed);
    for (int i = 0; i < PAGES; i++)
        tasks_done(large.tasks);
    pthread_join(thread, NULL);
    tasks_free(large.tasks);
    sem_destroy(&large.reader_comes);
    return !too_early;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    if (rounds >= LONG_RUN && !large_site_is_read_last()) {
        printf("want: a reader that waits while %d pages are left, got: one that did not\n", PAGES);
        return 1;
    }
    sites = calloc((size_t)rounds, sizeof *sites);
    for (long i = 0; i < rounds; i++)
        sites[i].tasks = tasks_new(WORKERS);

    pthread_t worker_threads[WORKERS], reader_threads[READERS];
    int workers[WORKERS];
    struct reader readers[READERS];
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = i;
        pthread_create(&worker_threads[i], NULL, work, &workers[i]);
    }
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.late = i >= EARLY};
        pthread_create(&reader_threads[i], NULL, read_results, &readers[i]);
    }
    look_after();
    for (int i = 0; i < WORKERS; i++)
        pthread_join(worker_threads[i], NULL);
    for (int i = 0; i < READERS; i++)
        pthread_join(reader_threads[i], NULL);

    long got = 0;
    for (int i = 0; i < READERS; i++)
        got += readers[i].whole;
    printf("want: %ld results read whole, got: %ld%s\n", READERS * rounds, got,
           overslept ? "; then a reader slept on" : "");

    for (long i = 0; i < rounds; i++)
        tasks_free(sites[i].tasks);
    free(sites);
    return got == READERS * rounds && !overslept ? 0 : 1;
}
