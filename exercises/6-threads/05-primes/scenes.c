// primes.h, sentence by sentence. Limits are low, so that every interleaving can be tried; high ones
// are for a single worker, or for a sample.

#include "primes.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls this in place of its own.
extern bool (*is_prime_in_scene)(long number);

// ---- The test ----

enum { HIGHEST = 1000 };
static long limit;
static int workers;

// Relaxed: counting must not order what the workers do.
static atomic_int workers_seen;
static _Thread_local bool was_seen;

static bool has_no_divisor(long number)
{
    for (long divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return number > 1;
}

static bool test(long number)
{
    if (!was_seen) {
        was_seen = true;
        int others = atomic_fetch_add_explicit(&workers_seen, 1, memory_order_relaxed);
        scene_expect(others < workers, "there are as many threads as there are workers");
    }
    return has_no_divisor(number);
}

// ---- Tests that take their time, for two workers ----

static pthread_key_t at_work; // has a destructor, which runs when a worker has ended
static struct rendezvous both_test = RENDEZVOUS(2), one_has_ended = RENDEZVOUS(2);

static void let_the_other_go(void *unused)
{
    (void)unused;
    rendezvous_meet(&one_has_ended, PATIENCE);
}

// The first tests last until both workers are at it, and the second of them until the other worker
// has ended: all orders of so many numbers would take for ever. The meetings order nothing, and if
// the other waits for us before it ends, no harm is done.
static bool test_in_turn(long number)
{
    bool answer = has_no_divisor(number);
    if (was_seen)
        return answer;
    was_seen = true;
    bool is_second = atomic_fetch_add_explicit(&workers_seen, 1, memory_order_relaxed) > 0;
    scene_expect(rendezvous_meet(&both_test, PATIENCE),
                 "two workers test numbers at the same time");
    if (is_second)
        rendezvous_meet(&one_has_ended, PATIENCE);
    else
        pthread_setspecific(at_work, &one_has_ended);
    return answer;
}

static void search_up_to(long highest, int threads, bool (*how)(long number))
{
    limit = highest;
    workers = threads;
    is_prime_in_scene = how;
}

// ---- The result ----

static struct primes *primes;

static void find(void)
{
    primes = primes_find(limit, workers);
}

static void each_is_found_once(const struct primes *found, long highest)
{
    bool seen[HIGHEST + 1] = {false};
    long missing = 0;
    for (long number = 1; number <= highest; number++)
        missing += has_no_divisor(number);
    scene_expect(primes_count(found) == missing, "as many are found as there are primes");
    for (long i = 0; i < missing; i++) {
        long number = primes_at(found, i);
        scene_expect(1 <= number && number <= highest && has_no_divisor(number),
                     "what is found is a prime up to the limit");
        scene_expect(!seen[number], "each prime is found once");
        seen[number] = true;
    }
}

static void all_are_found(void)
{
    each_is_found_once(primes, limit);
    each_is_found_once(primes, limit); // looking changes nothing
    primes_free(primes);
}

static void up_to_one(void)
{
    search_up_to(1, 2, test);
}

static void up_to_two(void)
{
    search_up_to(2, 1, test);
}

static void up_to_three(void)
{
    search_up_to(3, 2, test);
}

static void up_to_five_by_three(void)
{
    search_up_to(5, 3, test);
}

static void up_to_eight(void)
{
    search_up_to(8, 2, test);
}

static void up_to_eleven(void)
{
    search_up_to(11, 2, test);
}

static void up_to_three_by_five(void)
{
    search_up_to(3, 5, test);
}

static void up_to_many_by_one(void)
{
    search_up_to(HIGHEST, 1, test);
}

static void up_to_a_hundred_in_turn(void)
{
    search_up_to(100, 2, test_in_turn);
    pthread_key_create(&at_work, let_the_other_go);
}

static void up_to_sixteen_by_many(void)
{
    search_up_to(16, 16, has_no_divisor);
}

// ---- Two searches, the results of both kept ----

static struct primes *earlier;

static void find_twice(void)
{
    find();
    earlier = primes;
    atomic_store_explicit(&workers_seen, 0, memory_order_relaxed);
    search_up_to(5, 2, test);
    find();
}

static void both_have_tested(void)
{
    scene_expect(workers_seen >= 2, "two workers test numbers");
    all_are_found();
}

static void both_are_right(void)
{
    each_is_found_once(earlier, 3);
    each_is_found_once(primes, 5);
    primes_free(earlier);
    all_are_found();
}

// ---- What a search leaves behind ----

static long allocated_before;

// What is allocated once for all searches is here by now.
static void search_once(void)
{
    up_to_eight();
    find();
    primes_free(primes);
    atomic_store_explicit(&workers_seen, 0, memory_order_relaxed);
    allocated_before = scene_allocated();
}

static void nothing_is_left(void)
{
    all_are_found();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"up to one", "Finds each prime among 1 ... limit once", up_to_one, {find}, all_are_found},
    {"up to two", "Finds each prime among 1 ... limit once", up_to_two, {find}, all_are_found},
    {"up to three",
     "Finds each prime among 1 ... limit once, in any order",
     up_to_three,
     {find},
     all_are_found},
    {"up to five, by three",
     "How many were found, and the one at `index` (from 0).",
     up_to_five_by_three,
     {find},
     all_are_found},
    {"up to eight", "Whether a number is prime.", up_to_eight, {find}, all_are_found},
    {"up to eleven",
     "Finds each prime among 1 ... limit once",
     up_to_eleven,
     {find},
     all_are_found},
    {"more workers than numbers",
     "As many threads as there are workers share the search",
     up_to_three_by_five,
     {find},
     all_are_found},
    {"many, by one",
     "As many threads as there are workers share the search",
     up_to_many_by_one,
     {find},
     all_are_found},
    {"together",
     "with a limit of 100 or more, at least two of them test numbers at the same time",
     up_to_a_hundred_in_turn,
     {find},
     both_have_tested},
    {"up to sixteen, by many",
     "Finds each prime among 1 ... limit once",
     up_to_sixteen_by_many,
     {find},
     all_are_found},
    {"two searches",
     "Finds each prime among 1 ... limit once",
     up_to_three,
     {find_twice},
     both_are_right},
    {"nothing left", "The caller frees it.", search_once, {find}, nothing_is_left},
    {.name = NULL},
};
