// A photo service under load. First rush hours: one place is left, and all cameras offer a photo at
// the same moment. Then a working day: cameras and workers side by side.

#include "backpressure.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// Only with a broken queue does anybody wait for as long as MEETING_MS or PATIENCE: seconds of
// processor time, for by the clock on the wall a busy machine may keep the others from running.
enum { LIMIT = 4, CAMERAS = 3, WORKERS = 2, MEETING_MS = 5000, PATIENCE = 5 };

static struct queue *queue;
static long rounds;

// ---- Rush hours: CAMERAS photos for one place ----

enum { RUSH = 100 }; // camera i offers photo RUSH + i

static struct rendezvous rush_begins = RENDEZVOUS(CAMERAS + 1), rush_ends = RENDEZVOUS(CAMERAS + 1);
static atomic_bool accepted[CAMERAS]; // in this rush; relaxed, so that they order nothing

static void *camera_in_rush(void *own_accepted)
{
    atomic_bool *yes = own_accepted;
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&rush_begins, MEETING_MS);
        bool offered = queue_offer(queue, RUSH + (yes - accepted));
        atomic_store_explicit(yes, offered, memory_order_relaxed);
        rendezvous_meet(&rush_ends, MEETING_MS);
    }
    return NULL;
}

// Empties the queue. Whether there were the photos 1, 2, ... LIMIT - 1 and the one from the rush
// that was accepted, and no other was.
static bool one_place_one_photo(void)
{
    int yes = 0, camera = 0;
    for (int i = 0; i < CAMERAS; i++)
        if (atomic_load_explicit(&accepted[i], memory_order_relaxed)) {
            yes++;
            camera = i;
        }
    bool right = yes == 1;
    long photo, inside = 0;
    while (inside < LIMIT + CAMERAS && queue_take(queue, &photo)) {
        inside++;
        right = right && photo == (inside < LIMIT ? inside : RUSH + camera);
    }
    return right && inside == LIMIT;
}

static void meet_cameras(struct rendezvous *meeting)
{
    if (!rendezvous_meet(meeting, MEETING_MS)) {
        printf("an offer to a full queue must return, not wait\n");
        exit(1);
    }
}

// Gives how many of `rounds` rush hours went right.
static long rush_hours(void)
{
    pthread_t cameras[CAMERAS];
    for (int i = 0; i < CAMERAS; i++)
        pthread_create(&cameras[i], NULL, camera_in_rush, &accepted[i]);
    long right = 0;
    for (long i = 0; i < rounds; i++) {
        for (long photo = 1; photo < LIMIT; photo++)
            queue_offer(queue, photo);
        meet_cameras(&rush_begins);
        meet_cameras(&rush_ends);
        right += one_place_one_photo();
    }
    for (int i = 0; i < CAMERAS; i++)
        pthread_join(cameras[i], NULL);
    return right;
}

// ---- A working day: what the cameras send, the workers get, while the cameras are at it ----

static struct rendezvous half_time = RENDEZVOUS(2); // a camera in mid-work, a worker with a photo
static atomic_bool all_sent, at_work_already, not_together;
static long sums[WORKERS], counts[WORKERS]; // each worker's own

static void meet_half_way(void)
{
    if (!rendezvous_meet(&half_time, MEETING_MS))
        atomic_store(&not_together, true);
}

static bool send_photo(long photo)
{
    clock_t end = clock() + PATIENCE * CLOCKS_PER_SEC;
    while (!queue_offer(queue, photo)) { // full: slow down
        sched_yield();
        if (clock() > end)
            return false;
    }
    return true;
}

static void *camera_at_work(void *number)
{
    bool is_first = *(int *)number == 0, sent = true;
    for (long i = 1; sent && i <= rounds; i++) {
        if (is_first && i == (rounds + 1) / 2)
            meet_half_way();
        sent = send_photo(*(int *)number * rounds + i);
    }
    return NULL;
}

static void *worker(void *number)
{
    int own = *(int *)number;
    bool over = false;
    for (;;) {
        long photo;
        if (queue_take(queue, &photo)) {
            sums[own] += photo;
            counts[own]++;
            if (!atomic_exchange_explicit(&at_work_already, true, memory_order_relaxed))
                meet_half_way();
        } else if (over) {
            return NULL;
        } else {
            over = atomic_load(&all_sent);
            sched_yield();
        }
    }
}

// Gives how many photos the workers got, and their sum.
static long working_day(long *sum)
{
    pthread_t cameras[CAMERAS], workers[WORKERS];
    int numbers[CAMERAS]; // of the threads; there are at least as many cameras as workers
    for (int i = 0; i < CAMERAS; i++) {
        numbers[i] = i;
        pthread_create(&cameras[i], NULL, camera_at_work, &numbers[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&workers[i], NULL, worker, &numbers[i]);
    for (int i = 0; i < CAMERAS; i++)
        pthread_join(cameras[i], NULL);
    atomic_store(&all_sent, true);
    long count = *sum = 0;
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(workers[i], NULL);
        *sum += sums[i];
        count += counts[i];
    }
    return count;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    queue = queue_new(LIMIT);
    long sum, sent = CAMERAS * rounds;
    long right = rush_hours(), got = working_day(&sum);
    bool as_sent = sum == sent * (sent + 1) / 2; // the photos of a day are 1, 2, 3, ...
    printf("rush hours that ended with %d photos inside: want: %ld, got: %ld\n", LIMIT, rounds,
           right);
    printf("photos worked on: want: %ld, got: %ld\n", sent, got);
    if (got == sent && !as_sent)
        printf("and some of them twice, others never\n");
    if (atomic_load(&not_together))
        printf("and the workers do not work while the cameras send\n");
    queue_free(queue);
    return right == rounds && got == sent && as_sent && !atomic_load(&not_together) ? 0 : 1;
}
