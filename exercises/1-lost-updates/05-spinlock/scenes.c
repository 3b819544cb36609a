// spinlock.h, sentence by sentence.

#include "spinlock.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000, AN_HOUR = 3600000 }; // milliseconds, of virtual time

static struct spinlock *lock;
static long requests; // guarded by the lock, and by nothing else

static void open_server(void)
{
    lock = spinlock_new();
    requests = 0;
}

static void count_request(void)
{
    spinlock_acquire(lock);
    requests++;
    spinlock_release(lock);
}

static void count_two(void)
{
    count_request();
    count_request();
}

// Ends a scene: `count` requests came. The lock is free again, and what it guarded is here.
static void close_server(long count)
{
    spinlock_acquire(lock);
    scene_expect(requests == count, "every request was counted under the lock");
    spinlock_release(lock);
    spinlock_free(lock);
}

static void two_were_counted(void)
{
    close_server(2);
}

static void three_were_counted(void)
{
    close_server(3);
}

// ---- Who is inside ----

// Relaxed: it orders nothing, so that all the order there is comes from the lock.
static atomic_int inside;

static void enter_alone(void)
{
    spinlock_acquire(lock);
    scene_expect(atomic_fetch_add_explicit(&inside, 1, memory_order_relaxed) == 0,
                 "this thread alone holds the lock");
    atomic_fetch_sub_explicit(&inside, 1, memory_order_relaxed);
    spinlock_release(lock);
}

static void nobody_is_inside(void)
{
    scene_expect(inside == 0, "nobody holds the lock any more");
    close_server(0);
}

// ---- One who stays inside until the others are at the door ----

static struct rendezvous at_the_door = RENDEZVOUS(2);
static atomic_bool about_to_leave;

static void stay_until_knocked(void)
{
    spinlock_acquire(lock);
    rendezvous_meet(&at_the_door, PATIENCE);
    atomic_store_explicit(&about_to_leave, true, memory_order_relaxed);
    requests++;
    spinlock_release(lock);
}

static void knock(void)
{
    rendezvous_meet(&at_the_door, PATIENCE);
    spinlock_acquire(lock);
    scene_expect(atomic_load_explicit(&about_to_leave, memory_order_relaxed),
                 "nobody comes in before the lock is released");
    requests++;
    spinlock_release(lock);
}

// ---- One who stays for so long that whoever tries has tried many times ----

enum { LONG = 10 };
static struct watched trying;

static void stay_for_long(void)
{
    spinlock_acquire(lock);
    rendezvous_meet(&at_the_door, PATIENCE);
    for (int i = 0; i < LONG; i++)
        asleep_or_busy(&trying);
    atomic_store_explicit(&about_to_leave, true, memory_order_relaxed);
    requests++;
    spinlock_release(lock);
}

static void keep_trying(void)
{
    asleep_watch_me(&trying);
    knock();
}

// The same by the clock, which goes on when somebody waits in vain.
static void stay_for_an_hour(void)
{
    struct rendezvous with_nobody = RENDEZVOUS(2);
    spinlock_acquire(lock);
    rendezvous_meet(&at_the_door, PATIENCE);
    rendezvous_meet(&with_nobody, AN_HOUR);
    atomic_store_explicit(&about_to_leave, true, memory_order_relaxed);
    requests++;
    spinlock_release(lock);
}

// ---- Two locks that have nothing to do with each other ----

static struct spinlock *left, *right;
static struct rendezvous both_inside = RENDEZVOUS(2);

static void take_own(struct spinlock **own)
{
    *own = spinlock_new();
    spinlock_acquire(*own);
    scene_expect(rendezvous_meet(&both_inside, PATIENCE), "two locks are held at the same time");
    spinlock_release(*own);
}

static void take_left(void)
{
    take_own(&left);
}

static void take_right(void)
{
    take_own(&right);
}

static void free_both(void)
{
    spinlock_free(left);
    spinlock_free(right);
}

static void open_with_two(void)
{
    open_server();
    left = spinlock_new();
}

static void take_one_inside_the_other(void)
{
    spinlock_acquire(left);
    count_request();
    spinlock_release(left);
}

static void three_were_counted_under_two(void)
{
    spinlock_free(left);
    close_server(3);
}

// ---- Often, and by more threads than anybody has thought of ----

enum { OFTEN = 300, THREADS = 6 };

static void open_after_many(void)
{
    open_server();
    for (int i = 0; i < OFTEN; i++)
        count_request();
}

static void many_were_counted(void)
{
    close_server(OFTEN + 2);
}

static void *count_one_and_go(void *unused)
{
    count_request();
    return unused;
}

static void count_by_many(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, count_one_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_were_counted(void)
{
    close_server(THREADS + 1);
}

// ---- What a lock leaves behind ----

static long allocated_before;

// What is allocated once for all locks is here by now.
static void use_one_lock(void)
{
    open_server();
    count_request();
    spinlock_free(lock);
    allocated_before = scene_allocated();
    open_server();
}

static void nothing_is_left(void)
{
    two_were_counted();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two new locks", "A lock that nobody holds", NULL, {take_left, take_right}, free_both},
    {"two at once",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {count_request, count_request},
     two_were_counted},
    {"three at once",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {count_request, count_request, count_request},
     three_were_counted},
    {"alone inside",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {enter_alone, enter_alone},
     nobody_is_inside},
    {"alone among three",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {enter_alone, enter_alone, enter_alone},
     nobody_is_inside},
    {"a knock at the door",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {stay_until_knocked, knock},
     two_were_counted},
    {"a long stay",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {stay_for_long, keep_trying},
     two_were_counted},
    {"an hour",
     "Returns as soon as this thread alone holds the lock.",
     open_server,
     {stay_for_an_hour, knock},
     two_were_counted},
    {"again", "Lets the next one in.", open_server, {count_two, count_request}, three_were_counted},
    {"one inside the other",
     "Lets the next one in.",
     open_with_two,
     {take_one_inside_the_other, take_one_inside_the_other, count_request},
     three_were_counted_under_two},
    {"often",
     "Lets the next one in.",
     open_after_many,
     {count_request, count_request},
     many_were_counted},
    {"many threads",
     "Lets the next one in.",
     open_server,
     {count_by_many, count_request},
     all_were_counted},
    {"nothing left",
     "The caller frees it, when nobody holds it.",
     use_one_lock,
     {count_request, count_request},
     nothing_is_left},
    {.name = NULL},
};
