// A morning at the station. First three travellers look at the board at the same time, `rounds`
// times. Then they go on looking while the dispatcher changes it.

#include "rwlock_writer.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRAVELLERS = 3 };
enum { PATIENCE = 5000 }; // milliseconds

static struct board *board;
static long rounds;
static struct rendezvous before = RENDEZVOUS(TRAVELLERS); // in front of the board
static struct rendezvous inside = RENDEZVOUS(TRAVELLERS); // while they look at it
static struct rendezvous change = RENDEZVOUS(2); // a traveller who looks, and the dispatcher
static atomic_bool alone;                        // somebody could not look with the others
static atomic_bool torn;                         // somebody saw half a change

// The dispatcher's entries: minute and platform belong together.
static struct departure departure(long number)
{
    return (struct departure){.minute = (int)(number % 1440),
                              .platform = (int)(number % 1440 % 12)};
}

static void check(const struct departure *seen)
{
    int minute = seen->minute, platform = seen->platform;
    if (platform != minute % 12)
        atomic_store_explicit(&torn, true, memory_order_relaxed);
}

// Looks until all others look as well.
static void look_together(const struct departure *seen, void *unused)
{
    (void)unused;
    if (!atomic_load_explicit(&alone, memory_order_relaxed) && !rendezvous_meet(&inside, PATIENCE))
        atomic_store_explicit(&alone, true, memory_order_relaxed);
    check(seen);
}

static void look_quickly(const struct departure *seen, void *unused)
{
    (void)unused;
    check(seen);
}

// Is still looking when the dispatcher sets out to change the board.
static void look_until_change(const struct departure *seen, void *unused)
{
    check(seen);
    rendezvous_meet(&change, PATIENCE);
    look_quickly(seen, unused);
}

static void *look_with_others(void *unused)
{
    (void)unused;
    rendezvous_meet(&before, PATIENCE);
    for (long i = 0; i < rounds; i++)
        board_show(board, look_together, NULL);
    return NULL;
}

static void *look_again(void *unused)
{
    (void)unused;
    for (long i = 0; i < rounds; i++)
        board_show(board, look_quickly, NULL);
    return NULL;
}

// Looks when a change is about to come, and waits until it is made.
static void *look_thoroughly(void *unused)
{
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        board_show(board, look_until_change, NULL);
        rendezvous_meet(&change, PATIENCE);
    }
    return NULL;
}

static void *dispatch(void *unused)
{
    (void)unused;
    for (long i = 1; i <= rounds; i++) {
        rendezvous_meet(&change, PATIENCE);
        board_change(board, departure(i));
        rendezvous_meet(&change, PATIENCE);
    }
    return NULL;
}

static void run_together(int count, void *(*const parts[])(void *))
{
    pthread_t threads[TRAVELLERS + 1];
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, parts[i], NULL);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    board = board_new(departure(0));

    void *(*const early[])(void *) = {look_with_others, look_with_others, look_with_others};
    run_together(TRAVELLERS, early);
    void *(*const later[])(void *) = {look_thoroughly, look_again, look_again, dispatch};
    run_together(TRAVELLERS + 1, later);

    long want = TRAVELLERS * rounds * 2, got = board_shown(board);
    printf("want: %ld, got: %ld%s%s\n", want, got, alone ? ", and they had to queue up" : "",
           torn ? ", and somebody saw half a change" : "");

    board_free(board);
    return got == want && !alone && !torn ? 0 : 1;
}
