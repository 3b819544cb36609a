// Three offices stamp `rounds` papers each. The fire brigade wants to hear of the building office,
// and the waterworks of the fire brigade. The building office wants to hear of the waterworks too,
// but its clerk is on holiday today.

#include "office.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUILDING, FIRE, WATER, OFFICES, LONG_MS = 10000 };
enum { BUSY = 40 }; // times as many papers, in an office that is busy

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

static void read_number(void *last, long paper)
{
    *(long *)last = paper;
}

// An office has, in a long run, more papers and notes than 16 bits count.
static bool counts_all_of_a_busy_office(void)
{
    long papers = BUSY * rounds, last = 0;
    struct office *office = office_new();
    office_tell(office, read_number, &last);
    for (long i = 0; i < papers; i++) {
        office_stamp(office);
        office_note(office);
    }
    bool counted =
        last == papers && office_stamped(office) == papers && office_notes(office) == papers;
    office_free(office);
    return counted;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    if (!counts_all_of_a_busy_office()) {
        printf("a busy office must count %ld papers and as many notes\n", BUSY * rounds);
        return 1;
    }
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
