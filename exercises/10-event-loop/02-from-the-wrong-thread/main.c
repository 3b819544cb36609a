// A show with three telephonists, each of whom takes `rounds` calls. They all begin at the same moment,
// right after the news, during which the presenter has nothing to do and should be asleep.
//
// Another show follows, with two telephonists. One of them is overtaken by the other in the middle of
// handing in a wish: after the first instruction, at the next wish after the second, and so on.

#include "studio.h"

#include <racelings/asleep.h>
#include <racelings/midway.h>
#include <racelings/rendezvous.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TELEPHONISTS = 3, LONG_MS = 10000 };
enum { LONGEST = 1000 };           // so many instructions to hand in a wish
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

// ---- The show in which one telephonist is overtaken ----

// Songs are numbered from 0; those of the first telephonist are the even ones.
static char heard[2 * LONGEST];
static long hearings;

static void note(void *unused, int song)
{
    (void)unused;
    hearings++;
    if (song >= 0 && song < 2 * LONGEST)
        heard[song]++;
}

static struct watched overtaker;
static sem_t overtaker_is_there, overtake, overtaken;
static int step; // wishes that the first one has handed in before
static bool over;

static void wish_first(void)
{
    studio_wish(studio, 2 * step);
}

// The other one hands in a wish, or has to wait with it until the first one goes on.
static void let_overtake(void)
{
    sem_post(&overtake);
    asleep_or_busy(&overtaker);
}

static void *overtake_each_time(void *unused)
{
    asleep_watch_me(&overtaker);
    sem_post(&overtaker_is_there);
    for (sem_wait(&overtake); !over; sem_wait(&overtake)) {
        studio_wish(studio, 2 * step + 1);
        sem_post(&overtaken);
    }
    return unused;
}

static void *direct_overtaking(void *unused)
{
    pthread_t other;
    pthread_create(&other, NULL, overtake_each_time, NULL);
    sem_wait(&overtaker_is_there);
    for (step = 0; step < LONGEST && midway(step, wish_first, let_overtake); step++)
        sem_wait(&overtaken);
    over = true;
    sem_post(&overtake);
    pthread_join(other, NULL);
    studio_end(studio);
    return unused;
}

// Whether every wish was played once.
static bool hold_show_of_two(void)
{
    pthread_t director;
    long once = 0;
    sem_init(&overtaker_is_there, 0, 0);
    sem_init(&overtake, 0, 0);
    sem_init(&overtaken, 0, 0);
    studio = studio_new(2 * LONGEST, note, NULL);
    pthread_create(&director, NULL, direct_overtaking, NULL);
    studio_run(studio);
    pthread_join(director, NULL);
    studio_free(studio);
    long wishes = 2L * step + (step < LONGEST); // at last nobody was there to overtake
    for (int song = 0; song < wishes; song++)
        once += heard[song] == 1;
    if (once != wishes || hearings != wishes)
        printf(
            "of two who overtake each other, want: %ld wishes played once, got: %ld of %ld plays\n",
            wishes, once, hearings);
    return once == wishes && hearings == wishes;
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
    bool overtaken_well = hold_show_of_two();
    return once == wishes && plays == wishes && out_of_order == 0 && !awake && overtaken_well ? 0
                                                                                              : 1;
}
