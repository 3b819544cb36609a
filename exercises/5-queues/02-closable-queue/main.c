// A bakery: customers come in by two doors, three bakers serve them, and each of `days` days the
// doors are closed while people are still walking in.

#include "closable_queue.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// PATIENCE_MS: for bakers who do not go home; only with a broken queue does anybody wait.
enum { DOORS = 2, BAKERS = 3, PATIENCE_MS = 5000, MEETING_MS = 10000 };

// Who was let in, and who was served. Two sums are the same if the same customers are in both.
struct tally {
    long customers, sum_of_numbers;
};

static struct queue *queue;
static int doors_open;     // today
static int before_closing; // how many customers each of them sends in before closing time
static struct rendezvous closing_time;
static struct rendezvous way_home = RENDEZVOUS(BAKERS + 1);
static atomic_int on_the_way; // bakers, today
static atomic_bool closed;    // queue_close has returned
static atomic_bool let_in_late;
static struct tally let_in[DOORS], served[BAKERS]; // each thread adds to its own

static void count(struct tally *tally, long customer)
{
    tally->customers++;
    tally->sum_of_numbers += customer;
}

static struct tally total(const struct tally *tallies, int length)
{
    struct tally sum = {0, 0};
    for (int i = 0; i < length; i++) {
        sum.customers += tallies[i].customers;
        sum.sum_of_numbers += tallies[i].sum_of_numbers;
    }
    return sum;
}

// Sends customers in: some before closing time, then one after the other until they are refused.
static void *door(void *own_tally)
{
    struct tally *tally = own_tally;
    long next = (tally - let_in) * 1000000L;
    for (int i = 0; i < before_closing; i++)
        if (queue_push(queue, ++next))
            count(tally, next);
    rendezvous_meet(&closing_time, MEETING_MS);
    bool late = false, got_in = true;
    while (got_in && !late) {
        // Relaxed: the doors must not order what the queue does not order itself.
        late = atomic_load_explicit(&closed, memory_order_relaxed);
        got_in = queue_push(queue, ++next);
        if (got_in)
            count(tally, next);
        sched_yield();
    }
    if (got_in)
        atomic_store(&let_in_late, true);
    return NULL;
}

static void *baker(void *own_tally)
{
    struct tally *tally = own_tally;
    long customer;
    while (queue_pop(queue, &customer))
        count(tally, customer);
    // Relaxed: nor must the bakers.
    atomic_fetch_add_explicit(&on_the_way, 1, memory_order_relaxed);
    rendezvous_meet(&way_home, MEETING_MS);
    return NULL;
}

static void open_doors(pthread_t *doors)
{
    closing_time = (struct rendezvous)RENDEZVOUS(doors_open + 1);
    for (int i = 0; i < doors_open; i++)
        pthread_create(&doors[i], NULL, door, &let_in[i]);
}

static void open_counters(pthread_t *bakers)
{
    for (int i = 0; i < BAKERS; i++)
        pthread_create(&bakers[i], NULL, baker, &served[i]);
}

static void close_doors(pthread_t *doors)
{
    rendezvous_meet(&closing_time, MEETING_MS);
    queue_close(queue);
    atomic_store_explicit(&closed, true, memory_order_relaxed);
    for (int i = 0; i < doors_open; i++)
        pthread_join(doors[i], NULL);
}

// The queue is closed and empty: all bakers go home, or the program ends here.
static void send_bakers_home(pthread_t *bakers)
{
    if (!rendezvous_meet(&way_home, PATIENCE_MS)) {
        printf("closed and empty, but %d of %d bakers still wait for a customer\n",
               BAKERS - atomic_load(&on_the_way), BAKERS);
        exit(1); // they would wait forever
    }
    for (int i = 0; i < BAKERS; i++)
        pthread_join(bakers[i], NULL);
}

// There are four kinds of day: the bakers come in the morning, or when the doors are closed already;
// and it is a quiet day, with one door and nobody before closing time, or a busy one.
static void work_a_day(long day)
{
    bool bakers_come_late = day % 2 == 1;
    bool quiet = day % 4 < 2;
    doors_open = quiet ? 1 : DOORS;
    before_closing = quiet ? 0 : 3;
    pthread_t doors[DOORS], bakers[BAKERS];
    queue = queue_new();
    atomic_store(&closed, false);
    atomic_store(&on_the_way, 0);
    if (!bakers_come_late)
        open_counters(bakers);
    open_doors(doors);
    close_doors(doors);
    if (bakers_come_late)
        open_counters(bakers);
    send_bakers_home(bakers);
    queue_free(queue);
}

int main(int argc, char **argv)
{
    long days = argc > 1 ? atol(argv[1]) : 200;
    for (long day = 0; day < days; day++)
        work_a_day(day);

    struct tally want = total(let_in, DOORS), got = total(served, BAKERS);
    printf("want: %ld, got: %ld\n", want.customers, got.customers);
    if (atomic_load(&let_in_late))
        printf("and somebody was let in after the door was closed\n");
    return got.customers == want.customers && got.sum_of_numbers == want.sum_of_numbers &&
                   !atomic_load(&let_in_late)
               ? 0
               : 1;
}
