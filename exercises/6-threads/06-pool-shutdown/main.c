// `rounds` working days. On each, all workers of a pool are kept busy by a long job; more jobs come
// in; and then the pool is stopped. The long jobs last until the one who stops it begins to wait. In a
// long run there is also a day with more jobs than 16 bits count.

#include "pool_shutdown.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 3, SHORT_JOBS = 12, PATIENCE_MS = 5000, LONG_RUN = 20, CROWD = 65537 };

static struct rendezvous all_busy = RENDEZVOUS(WORKERS + 1); // every worker, and the caller
static struct rendezvous workers = RENDEZVOUS(WORKERS);
static atomic_bool one_by_one;      // the long jobs were not done at the same time
static atomic_int done[SHORT_JOBS]; // how often, this day
static atomic_int long_jobs_done;   // all days

static atomic_bool closing;   // the caller is about to call pool_stop, or has
static struct watched caller; // of pool_stop

// Waits until the caller sleeps in pool_stop, or has computed for so long that it will not. The
// load is relaxed, so that it orders nothing.
static void let_the_caller_go_on(void)
{
    while (!atomic_load_explicit(&closing, memory_order_relaxed))
        sched_yield();
    asleep_or_busy(&caller);
}

static void meet(struct rendezvous *meeting)
{
    if (!one_by_one && !rendezvous_meet(meeting, PATIENCE_MS))
        one_by_one = true;
}

// One for each worker. The first waits for the caller, and the others for the first.
static void do_long_job(void *number)
{
    meet(&all_busy);
    meet(&all_busy); // the caller has handed in the short jobs
    if (number == NULL && !one_by_one)
        let_the_caller_go_on();
    meet(&workers);
    long_jobs_done++;
}

static void do_short_job(void *times)
{
    atomic_fetch_add((atomic_int *)times, 1);
}

// A day. Returns how many short jobs were done once when the pool had stopped.
static long work(struct pool *pool)
{
    static char numbers[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        pool_submit(pool, (struct job){do_long_job, i == 0 ? NULL : &numbers[i]});
    meet(&all_busy);
    for (int i = 0; i < SHORT_JOBS; i++)
        pool_submit(pool, (struct job){do_short_job, &done[i]});
    meet(&all_busy);
    atomic_store_explicit(&closing, true, memory_order_relaxed);
    pool_stop(pool);
    atomic_store_explicit(&closing, false, memory_order_relaxed);

    long right = 0;
    for (int i = 0; i < SHORT_JOBS; i++)
        right += atomic_exchange(&done[i], 0) == 1;
    return right;
}

// ---- A day with very many jobs, and one worker, who begins when all have been handed in ----

static sem_t all_are_in;

static void wait_for_all(void *unused)
{
    (void)unused;
    sem_wait(&all_are_in);
}

static void mark(void *place)
{
    ++*(char *)place;
}

// Returns how many of the jobs were done once.
static long work_off_a_crowd(void)
{
    static char marks[CROWD]; // each by its job
    struct pool *pool = pool_new(1, 1 + CROWD);
    if (!pool)
        return 0;
    sem_init(&all_are_in, 0, 0);
    pool_submit(pool, (struct job){wait_for_all, NULL});
    for (long i = 0; i < CROWD; i++)
        pool_submit(pool, (struct job){mark, &marks[i]});
    sem_post(&all_are_in);
    pool_stop(pool);
    pool_free(pool);
    sem_destroy(&all_are_in);
    long right = 0;
    for (long i = 0; i < CROWD; i++)
        right += marks[i] == 1;
    return right;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 20;
    asleep_watch_me(&caller);

    long want = rounds * (WORKERS + SHORT_JOBS), got = 0;
    for (long day = 0; day < rounds; day++) {
        struct pool *pool = pool_new(WORKERS, WORKERS + SHORT_JOBS);
        if (!pool)
            return 2;
        got += work(pool);
        pool_free(pool);
    }
    got += long_jobs_done;
    long of_the_crowd = rounds < LONG_RUN || one_by_one ? CROWD : work_off_a_crowd();
    printf("want: %ld, got: %ld\n", want, got);
    if (one_by_one)
        printf("the workers did not work at the same time\n");
    if (of_the_crowd != CROWD)
        printf("of many jobs, want: %d, got: %ld\n", CROWD, of_the_crowd);
    return got == want && !one_by_one && of_the_crowd == CROWD ? 0 : 1;
}
