// Three offices stamp `rounds` papers each. The fire brigade wants to hear of the building office,
// and the waterworks of the fire brigade. The building office wants to hear of the waterworks too,
// but its clerk is on holiday today.

#include "office.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUILDING, FIRE, WATER, OFFICES, LONG_MS = 10000 };

static struct office *offices[OFFICES];
static atomic_long numbers; // of all papers that somebody was called for, added up
static long rounds;

static struct rendezvous start = RENDEZVOUS(OFFICES);

static void take_note(void *whom, long paper)
{
    atomic_fetch_add_explicit(&numbers, paper, memory_order_relaxed);
    office_note(whom);
}

static void *clerk(void *data)
{
    struct office *office = data;
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++)
        office_stamp(office);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    for (int i = 0; i < OFFICES; i++)
        offices[i] = office_new();
    office_tell(offices[BUILDING], take_note, offices[FIRE]);
    office_tell(offices[FIRE], take_note, offices[WATER]);

    pthread_t threads[OFFICES];
    for (int i = 0; i < OFFICES; i++)
        pthread_create(&threads[i], NULL, clerk, offices[i]);
    for (int i = 0; i < OFFICES; i++)
        pthread_join(threads[i], NULL);

    long stamped = 0, notes = 0, want = rounds * (rounds + 1);
    for (int i = 0; i < OFFICES; i++) {
        stamped += office_stamped(offices[i]);
        notes += office_notes(offices[i]);
        office_free(offices[i]);
    }
    printf("want: %ld papers and %ld notes, got: %ld and %ld\n", OFFICES * rounds, 2 * rounds,
           stamped, notes);
    printf("want: numbers that add up to %ld, got: %ld\n", want, numbers);
    return stamped == OFFICES * rounds && notes == 2 * rounds && numbers == want ? 0 : 1;
}
