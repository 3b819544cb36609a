// A show with three telephonists, each of whom takes `rounds` calls. They all begin at the same moment,
// right after the news, during which the presenter has nothing to do and should be asleep.

#include "studio.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TELEPHONISTS = 3, LONG_MS = 10000 };
enum { LOOKS = 5, AWAKE_MS = 15 }; // of processor time, which each look lets pass of somebody awake

static struct studio *studio;
static long rounds;
static struct rendezvous after_the_news = RENDEZVOUS(TELEPHONISTS);

// What went out, by song. Telephonist t hands in t * rounds + 1 and those after it.
static char *played;
static long plays, out_of_order;
static int last[TELEPHONISTS];

static void play(void *unused, int song)
{
    (void)unused;
    plays++;
    if (song < 1 || song > TELEPHONISTS * rounds)
        return;
    played[song]++;
    int *before = &last[(song - 1) / rounds];
    out_of_order += song <= *before;
    *before = song;
}

static void *take_calls(void *data)
{
    int first = *(int *)data;
    rendezvous_meet(&after_the_news, LONG_MS);
    for (int i = 0; i < rounds; i++)
        studio_wish(studio, first + i);
    return NULL;
}

// ---- The news ----

static struct watched presenter;
static bool awake; // with nothing to do

static long computed_ms(void)
{
    struct timespec time = {0};
    clock_gettime(presenter.clock, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Looks at him until he is asleep, some times, for he has to come there first; and then some more.
static void read_the_news(void)
{
    for (int i = 0; i < LOOKS; i++)
        asleep_or_busy(&presenter);
    long before = computed_ms();
    for (int i = 0; i < LOOKS; i++)
        asleep_or_busy(&presenter);
    awake = computed_ms() - before >= AWAKE_MS;
}

// ---- The show ----

// Ends the show when all telephonists have gone home.
static void *direct(void *unused)
{
    pthread_t threads[TELEPHONISTS];
    int first[TELEPHONISTS];
    read_the_news();
    for (int i = 0; i < TELEPHONISTS; i++) {
        first[i] = (int)(i * rounds) + 1;
        pthread_create(&threads[i], NULL, take_calls, &first[i]);
    }
    for (int i = 0; i < TELEPHONISTS; i++)
        pthread_join(threads[i], NULL);
    studio_end(studio);
    return unused;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    long wishes = TELEPHONISTS * rounds, once = 0;
    played = calloc((size_t)wishes + 1, 1);
    studio = studio_new((int)wishes, play, NULL);
    asleep_watch_me(&presenter);
    pthread_t director;
    pthread_create(&director, NULL, direct, NULL);
    studio_run(studio);
    pthread_join(director, NULL);

    for (long song = 1; song <= wishes; song++)
        once += played[song] == 1;
    printf("want: %ld wishes played once, got: %ld of %ld plays", wishes, once, plays);
    if (out_of_order > 0)
        printf("; %ld out of order", out_of_order);
    if (awake)
        printf("; while there was no wish, the presenter did not sleep");
    printf("\n");
    studio_free(studio);
    free(played);
    return once == wishes && plays == wishes && out_of_order == 0 && !awake ? 0 : 1;
}
