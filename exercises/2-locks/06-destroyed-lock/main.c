// `rounds` evenings in a chat room. Two guests talk, the host goes to bed, the guests go on
// talking.

#include "destroyed_lock.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { GUESTS = 2, WORDS = 3 };
enum { MESSAGES = GUESTS * WORDS * 2 };
enum { PATIENCE = 5000 }; // milliseconds

static struct room *room;
static struct rendezvous bedtime = RENDEZVOUS(GUESTS + 1);  // the guests and the host
static struct rendezvous farewell = RENDEZVOUS(GUESTS + 1); // the host has left
static atomic_bool kept_waiting;                            // the host could not leave
static atomic_long minutes_written, messages_noted;

static void write_minutes(long messages, void *unused)
{
    (void)unused;
    atomic_fetch_add_explicit(&minutes_written, 1, memory_order_relaxed);
    atomic_store_explicit(&messages_noted, messages, memory_order_relaxed);
}

// Says a few words. Returns the sum of the numbers they were given.
static long talk(void)
{
    long numbers = 0;
    for (int i = 0; i < WORDS; i++)
        numbers += room_say(room);
    return numbers;
}

static void meet(struct rendezvous *place)
{
    if (!kept_waiting && !rendezvous_meet(place, PATIENCE))
        kept_waiting = true;
}

static void *guest(void *unused)
{
    (void)unused;
    long numbers = talk();
    meet(&bedtime);
    meet(&farewell);
    numbers += talk();
    room_leave(room);
    return (void *)numbers;
}

// Whether every message got a number of its own, and the minutes were written once, at the end.
static bool one_evening(void)
{
    pthread_t guests[GUESTS];
    long numbers = 0;
    minutes_written = 0;
    room = room_new(write_minutes, NULL);
    for (int i = 0; i < GUESTS; i++) {
        room_enter(room);
        pthread_create(&guests[i], NULL, guest, NULL);
    }
    meet(&bedtime);
    room_close(room);
    meet(&farewell);
    for (int i = 0; i < GUESTS; i++) {
        void *sum;
        pthread_join(guests[i], &sum);
        numbers += (long)sum;
    }
    return numbers == MESSAGES * (MESSAGES + 1) / 2 && minutes_written == 1 &&
           messages_noted == MESSAGES;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 100, good = 0;
    while (good < rounds && one_evening() && !kept_waiting)
        good++;
    printf("want: %ld good evenings, got: %ld", rounds, good);
    if (good < rounds)
        printf(" (minutes written: %ld, messages noted: %ld of %d%s)", minutes_written,
               messages_noted, MESSAGES, kept_waiting ? "; the host had to wait" : "");
    printf("\n");
    return good == rounds ? 0 : 1;
}
