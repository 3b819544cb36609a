// One thread turns the lamp up and down, another one moves the door, `rounds` times each. Nobody
// else touches what is theirs, so each must always find it as it was set.

#include "neighbours.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { PARTS = 2, LOOKS = 8, PATIENCE_MS = 10000 };

// One part of the tram, and the thread that alone changes it.
struct part {
    pthread_t thread;
    void (*set)(struct tram *tram, unsigned value);
    unsigned (*get)(struct tram *tram);
    long kept; // how often it stayed as it was set
};

static struct tram *tram;
static long rounds;
static struct rendezvous departure = RENDEZVOUS(PARTS);     // both start at the same moment
static struct rendezvous last_stop = RENDEZVOUS(PARTS + 1); // here the conductor looks in

// Sets the part and looks at it a few times. Gives whether it stayed as it was set.
static bool set_and_look(struct part *part, unsigned value)
{
    bool kept = true;
    part->set(tram, value);
    for (int i = 0; i < LOOKS; i++)
        kept &= part->get(tram) == value;
    return kept;
}

static void *operate(void *argument)
{
    struct part *part = argument;
    rendezvous_meet(&departure, PATIENCE_MS);
    for (long i = 1; i <= rounds; i++)
        part->kept += set_and_look(part, i % TRAM_STEPS);
    rendezvous_meet(&last_stop, PATIENCE_MS);
    part->set(tram, 0);
    return NULL;
}

// Reads both parts while they are being set.
static void *conduct(void *parts)
{
    rendezvous_meet(&last_stop, PATIENCE_MS);
    for (int i = 0; i < PARTS; i++)
        ((struct part *)parts)[i].get(tram);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 10000;
    struct part parts[PARTS] = {{.set = tram_set_lamp, .get = tram_lamp},
                                {.set = tram_set_door, .get = tram_door}};
    tram = tram_new();

    pthread_t conductor;
    pthread_create(&conductor, NULL, conduct, parts);
    for (int i = 0; i < PARTS; i++)
        pthread_create(&parts[i].thread, NULL, operate, &parts[i]);
    long want = PARTS * rounds, got = 0;
    for (int i = 0; i < PARTS; i++) {
        pthread_join(parts[i].thread, NULL);
        got += parts[i].kept;
    }
    pthread_join(conductor, NULL);

    printf("want: %ld, got: %ld\n", want, got);
    unsigned lamp = tram_lamp(tram), door = tram_door(tram);
    if (lamp || door)
        printf("in the depot: lamp %u, door %u\n", lamp, door);
    tram_free(tram);
    return got == want && !lamp && !door ? 0 : 1;
}
