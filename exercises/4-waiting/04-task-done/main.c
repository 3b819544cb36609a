// A link checker looks through `rounds` web sites. Four workers check a page each, find a link on
// it, and check the page behind that, too: eight tasks. Two readers wait for the result, a third
// one comes late. Workers and readers are threads; the main thread looks after them.
//
// A reader that sleeps though all is done is given PATIENCE_MS, and then freed by reporting more as
// done.

#include "task_done.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4, EARLY = 2, LATE = 1, READERS = EARLY + LATE, ALL = 1 + WORKERS + READERS };
enum { PATIENCE_MS = 1500, LONG_MS = 10000 };

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

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
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
