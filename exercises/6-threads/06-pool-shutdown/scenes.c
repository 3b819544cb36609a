// pool_shutdown.h, sentence by sentence. A part plays the one who hands in the jobs and stops the
// pool. What the jobs note they note without a lock: a job that is run twice at once races, and so
// does one that pool_stop has not waited for.

#include "pool_shutdown.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- Jobs ----

enum { MOST = 140 };
static int done[MOST];    // how often each was
static int without_paper; // jobs whose argument is NULL

static struct rendezvous at_work;
static _Thread_local bool is_the_caller;

// Relaxed: counting must not order what the pool does not order itself.
static atomic_int workers_seen;
static int workers_hired; // by all pools
static _Thread_local bool was_seen;

static void note(void *argument)
{
    scene_expect(!is_the_caller, "a job is run by one of the workers");
    if (!was_seen) {
        was_seen = true;
        int others = atomic_fetch_add_explicit(&workers_seen, 1, memory_order_relaxed);
        scene_expect(others < workers_hired, "a pool has as many workers as were asked for");
    }
    int *times = argument;
    if (times)
        ++*times;
    else
        without_paper++;
}

// A job that is not done before all who are expected are at it.
static void note_together(void *argument)
{
    note(argument);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "jobs are done several at a time");
}

// A job that lasts until the caller is back from two calls.
static void note_slowly(void *argument)
{
    note(argument);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "a job that was handed in is begun");
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "whoever hands in a job does not wait");
}

// A job in which a thread that somebody wants to cancel would end.
static void note_at_length(void *argument)
{
    pthread_testcancel();
    note(argument);
}

// ---- The one who hands in jobs ----

static struct pool *pool;

static struct pool *hire(int workers, int room)
{
    workers_hired += workers;
    return pool_new(workers, room);
}

static void open_pool(int workers, int room)
{
    pool = hire(workers, room);
    is_the_caller = true;
}

static void hand_in(void (*run)(void *argument), int first, int jobs)
{
    for (int i = first; i < first + jobs; i++)
        pool_submit(pool, (struct job){run, &done[i]});
}

static void close_pool(void)
{
    pool_stop(pool);
    pool_free(pool);
}

static void are_done(int jobs)
{
    for (int i = 0; i < MOST; i++)
        scene_expect(done[i] == (i < jobs ? 1 : 0), "each job that was handed in is run once");
}

// ---- Days that are over before anybody has begun ----

static void no_job(void)
{
    open_pool(2, 1);
    close_pool();
}

static void none_is_done(void)
{
    are_done(0);
}

static void one_job(void)
{
    open_pool(1, 1);
    hand_in(note, 0, 1);
    close_pool();
}

static void one_job_for_two(void)
{
    open_pool(2, 1);
    hand_in(note, 0, 1);
    close_pool();
}

static void one_is_done(void)
{
    are_done(1);
}

static void two_jobs(void)
{
    open_pool(2, 2);
    hand_in(note, 0, 2);
    close_pool();
}

static void room_to_spare(void)
{
    open_pool(1, 5);
    hand_in(note_at_length, 0, 2);
    close_pool();
}

static void two_are_done(void)
{
    are_done(2);
}

static void three_jobs_for_one(void)
{
    open_pool(1, 3);
    hand_in(note_at_length, 0, 3);
    close_pool();
}

static void three_are_done(void)
{
    are_done(3);
}

static void many_jobs(void)
{
    at_work = (struct rendezvous)RENDEZVOUS(2);
    open_pool(1, MOST);
    hand_in(note_slowly, 0, 1);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "a job that was handed in is begun");
    hand_in(note, 1, MOST - 1);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "whoever hands in a job does not wait");
    close_pool();
}

static void all_are_done(void)
{
    are_done(MOST);
}

static void jobs_of_two_kinds(void)
{
    open_pool(1, 2);
    pool_submit(pool, (struct job){note, NULL});
    pool_submit(pool, (struct job){note_at_length, &done[0]});
    close_pool();
}

static void one_of_each_kind_is_done(void)
{
    scene_expect(without_paper == 1, "a job is run with its argument, also if that is NULL");
    one_is_done();
}

// ---- Jobs that are begun before the pool is stopped ----

// Workers who have gone to sleep are woken for each of them.
static void jobs_at_the_same_time(int workers)
{
    at_work = (struct rendezvous)RENDEZVOUS(workers + 1);
    open_pool(workers, workers);
    hand_in(note_together, 0, workers);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "all jobs that were handed in are begun");
    close_pool();
}

static void one_at_a_time(void)
{
    jobs_at_the_same_time(1);
}

static void two_at_a_time(void)
{
    jobs_at_the_same_time(2);
}

static void many_at_a_time(void)
{
    jobs_at_the_same_time(20);
}

static void many_are_done(void)
{
    are_done(20);
}

// The pool is stopped, and each of the two jobs needs the other.
static void stop_while_two_work(void)
{
    at_work = (struct rendezvous)RENDEZVOUS(2);
    open_pool(2, 2);
    hand_in(note_together, 0, 2);
    close_pool();
}

// One more is handed in while the only worker is at work.
static void hand_in_while_one_works(void)
{
    at_work = (struct rendezvous)RENDEZVOUS(2);
    open_pool(1, 2);
    hand_in(note_slowly, 0, 1);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "a job that was handed in is begun");
    hand_in(note, 1, 1);
    scene_expect(rendezvous_meet(&at_work, PATIENCE), "whoever hands in a job does not wait");
    close_pool();
}

// ---- Two pools, at once or one after the other ----

static void two_pools(void)
{
    open_pool(1, 1);
    struct pool *day_shift = pool, *night_shift = hire(1, 2);
    hand_in(note, 0, 1);
    pool_stop(day_shift);
    scene_expect(done[0] == 1, "a pool that has been stopped has done its jobs");
    pool = night_shift;
    hand_in(note, 1, 2);
    close_pool();
    pool_free(day_shift);
}

static void two_days(void)
{
    open_pool(1, 1);
    hand_in(note, 0, 1);
    close_pool();
    one_is_done();
    open_pool(1, 1);
    hand_in(note, 1, 1);
    close_pool();
}

// ---- What a pool leaves behind ----

static long allocated_before;

// What is allocated once for all pools is here by now.
static void use_one_pool(void)
{
    one_job();
    allocated_before = scene_allocated();
    done[0] = 0;
    is_the_caller = false;
}

static void nothing_is_left(void)
{
    one_is_done();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"no job", "returns when the last worker has gone home", NULL, {no_job}, none_is_done},
    {"one job",
     "`run` is called once, with `argument`, by one of the workers",
     NULL,
     {one_job},
     one_is_done},
    {"one job for two",
     "`run` is called once, with `argument`, by one of the workers",
     NULL,
     {one_job_for_two},
     one_is_done},
    {"two jobs",
     "lets the workers do all jobs that were handed in",
     NULL,
     {two_jobs},
     two_are_done},
    {"three jobs for one",
     "also those that nobody has begun yet",
     NULL,
     {three_jobs_for_one},
     three_are_done},
    {"room to spare", "with room for that many jobs in all", NULL, {room_to_spare}, two_are_done},
    {"many jobs", "with room for that many jobs in all", NULL, {many_jobs}, all_are_done},
    {"two kinds of jobs",
     "`run` is called once, with `argument`",
     NULL,
     {jobs_of_two_kinds},
     one_of_each_kind_is_done},
    {"one at a time", "Hands in a job.", NULL, {one_at_a_time}, one_is_done},
    {"two at a time", "A pool of that many workers", NULL, {two_at_a_time}, two_are_done},
    {"many at a time",
     "worker threads that do jobs, several at a time",
     NULL,
     {many_at_a_time},
     many_are_done},
    {"stopped at work",
     "lets the workers do all jobs that were handed in",
     NULL,
     {stop_while_two_work},
     two_are_done},
    {"handed in meanwhile", "Returns at once.", NULL, {hand_in_while_one_works}, two_are_done},
    {"two pools",
     "Called once, by the thread that hands in the jobs.",
     NULL,
     {two_pools},
     three_are_done},
    {"two days", "The caller stops it, and then frees it.", NULL, {two_days}, two_are_done},
    {"nothing left",
     "The caller stops it, and then frees it.",
     use_one_pool,
     {one_job},
     nothing_is_left},
    {.name = NULL},
};
